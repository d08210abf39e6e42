import type { Log } from "../../pipeline/ports.ts";
import { STEPS, type Endpoint, type Step } from "./endpoint.ts";
import type { Timing } from "./timing.ts";

/** What a call can do without, by the names of what is left out. `effort:none` means: a little thought instead of none. */
export const OMISSIONS = ["effort:none", "effort", "cache", "store", "obfuscation", "usage", "limit", "requireParameters"] as const;
export type Omission = (typeof OMISSIONS)[number];

/** What is known of a model at an endpoint. */
export interface Ability {
  readonly step: Step;
  readonly without: ReadonlySet<Omission>;
}

/** Remembers between runs what servers can do. Values are JSON, and are checked when read. */
export interface AbilityMemory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface AbilityBook {
  of(model: string): Ability;
  /** Keeps what a call that went well has found. @param why For the log, without a word of the server's. */
  keep(model: string, ability: Ability, why: string): void;
}

export interface AbilityBookOptions {
  readonly endpoint: Endpoint;
  readonly memory: AbilityMemory;
  readonly timing: Pick<Timing, "now">;
  readonly log?: Log | undefined;
}

interface Known extends Ability {
  readonly why: string;
  /** When it was found, milliseconds since 1970. */
  readonly at: number;
}

/** Servers learn: what one could not do is asked for again after a week. */
const DAYS_KNOWN = 7;
const DAY_MS = 86_400_000;

export function createMemory(): AbilityMemory {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) };
}

export function createAbilityBook({ endpoint, memory, timing, log }: AbilityBookOptions): AbilityBook {
  const told = new Set<string>();
  const keyOf = (model: string) => `${endpoint.baseUrl} ${model}`;
  const known = (model: string): Known | undefined => {
    const found = parseKnown(memory.get(keyOf(model)));
    // A clock that was set back must not make it last for ever.
    return found && Math.abs(timing.now() - found.at) < DAYS_KNOWN * DAY_MS ? found : undefined;
  };
  const tellOnce = (model: string, found: Known | undefined) => {
    if (told.has(model)) return;
    told.add(model);
    const who = `${endpoint.host}, ${model}`;
    if (found) log?.info(`${who}: ${askedBy(found)}, as on ${new Date(found.at).toISOString().slice(0, 10)}: ${found.why}.`);
    else if (parseKnown(memory.get(keyOf(model)))) log?.info(`${who}: what it could not do was found more than ${DAYS_KNOWN} days ago; asking by "${endpoint.firstStep}" again.`);
  };
  return {
    of(model) {
      const found = known(model);
      tellOnce(model, found);
      return found ?? { step: endpoint.firstStep, without: new Set() };
    },
    keep(model, { step, without }, why) {
      const before = known(model) ?? { step: endpoint.firstStep, without: new Set<Omission>(), at: timing.now(), why };
      // Calls run side by side: none may take back what another one has found.
      const lower = STEPS.indexOf(step) > STEPS.indexOf(before.step) ? step : before.step;
      const all = new Set([...before.without, ...without]);
      if (lower === before.step && all.size === before.without.size) return;
      memory.set(keyOf(model), { step: lower, without: [...all].sort(), why, at: before.at });
    },
  };
}

/** `asking by "chat" without store, usage` */
export function askedBy({ step, without }: Ability): string {
  return `asking by "${step}"${without.size ? ` without ${[...without].join(", ")}` : ""}`;
}

/** Undefined below the last step. */
export function nextStep(step: Step): Step | undefined {
  return STEPS[STEPS.indexOf(step) + 1];
}

function parseKnown(value: unknown): Known | undefined {
  const { step, without, why, at } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Known, unknown>>;
  const known = STEPS.find((name) => name === step);
  if (!known || typeof at !== "number" || typeof why !== "string") return undefined;
  return { step: known, without: new Set(OMISSIONS.filter((name) => Array.isArray(without) && without.includes(name))), why, at };
}
