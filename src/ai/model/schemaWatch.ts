import type { ZodType } from "zod";
import type { Log, ModelOutcome, ModelRequest } from "../../pipeline/ports.ts";
import { nextStep, type Ability, type AbilityBook } from "./ability.ts";
import type { Endpoint } from "./endpoint.ts";
import { parseJson } from "./json.ts";

export interface WatchedCall {
  readonly request: ModelRequest;
  readonly model: string;
  readonly ability: Ability;
}

/**
 * Notices servers that take a schema and forget it, as some builds of Ollama do: two answers in a
 * row of another shape, and the next calls are asked for by the next step.
 */
export interface SchemaWatch {
  check(call: WatchedCall, text: string, outcome: ModelOutcome): void;
}

export interface SchemaWatchOptions {
  readonly endpoint: Endpoint;
  readonly abilities: AbilityBook;
  readonly log: Log | undefined;
}

const MOST_IN_A_ROW = 2;
/** What a schema that is held to cannot let through. Lengths and rules of ours are not in it. */
const SHAPE_CODES: ReadonlySet<string> = new Set(["invalid_type", "invalid_value", "unrecognized_keys", "invalid_union"]);

export function createSchemaWatch({ endpoint, abilities, log }: SchemaWatchOptions): SchemaWatch {
  const inARow = new Map<string, number>();
  return {
    check({ request, model, ability }, text, outcome) {
      if (endpoint.kind === "openai" || outcome !== "completed" || (ability.step !== "responses" && ability.step !== "chat")) return;
      if (hasShape(text, request.answer.schema)) {
        inARow.delete(model);
        return;
      }
      const count = (inARow.get(model) ?? 0) + 1;
      inARow.set(model, count);
      const step = nextStep(ability.step);
      if (count < MOST_IN_A_ROW || !step) return;
      inARow.delete(model);
      const why = `${count} answers in a row did not follow their schema`;
      abilities.keep(model, { ...ability, step }, why);
      log?.info(`${endpoint.host}, ${model}: ${why}; asking by "${step}" from now on.`);
    },
  };
}

function hasShape(text: string, schema: ZodType): boolean {
  const value = parseJson(text);
  if (value === undefined) return false;
  const { success, error } = schema.safeParse(value);
  return success || !error.issues.some(({ code }) => SHAPE_CODES.has(code));
}
