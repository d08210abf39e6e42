import type { LanguageModel, Log, ModelEvent, ModelRequest, ModelWait, TextModel } from "../../pipeline/ports.ts";
import { ElementScanner } from "../llm/elementStream.ts";
import { AnswerFault } from "../model/answerFault.ts";
import { answerSchema, inWords } from "../model/answerSchema.ts";
import { onAbort, throwIfAborted, untilAborted } from "../model/onAbort.ts";
import { systemTiming, type Timing } from "../model/timing.ts";
import { createVisibleText } from "../model/visibleText.ts";
import { createWatchdog, type Patience } from "../model/watchdog.ts";
import { describeTextFault, nextTry, tooLongFor } from "./textFaults.ts";

export interface TextLanguageModelOptions {
  readonly director: TextModel;
  /** Compiles final prompts; the director's model where absent. */
  readonly optimizer?: TextModel | undefined;
  readonly log?: Log | undefined;
  /** Is told why a call waits, and until when. */
  readonly onWait?: ((wait: ModelWait) => void) | undefined;
  readonly patience?: Patience | undefined;
  readonly timing?: Timing | undefined;
}

interface TextCall {
  readonly model: TextModel;
  readonly prompt: string;
  readonly patience: Patience;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** Thinking is not told of, and the first call may wait for a person who is asked for consent. */
const PATIENCE: Patience = { firstMs: 290_000, nextMs: 120_000, textMs: 600_000 };

/**
 * Makes a language model of one that only takes and gives text: the schema is asked for in words,
 * thoughts are left out, and how an answer ended is read from the answer itself. Tries again only
 * while no text has come.
 */
export function createTextLanguageModel(options: TextLanguageModelOptions): LanguageModel {
  const { director, optimizer = director, log, onWait, patience = PATIENCE, timing = systemTiming() } = options;
  return {
    name: director.name,
    async *stream(request, signal) {
      const model = request.role === "optimizer" ? optimizer : director;
      const call: TextCall = { model, prompt: promptFor(request), patience, timing, signal };
      throwIfAborted(signal);
      await refuseTooLong(call);
      for (let tries = 1; ; tries++) {
        let hasText = false;
        try {
          for await (const event of tryOnce(call)) {
            hasText ||= event.type === "text";
            yield event;
          }
          return;
        } catch (error) {
          throwIfAborted(signal);
          const retry = hasText ? undefined : nextTry(error, tries, timing.random());
          if (retry === undefined) throw describeTextFault(error, { label: model.label, isResumable: hasText });
          const { waitMs, why } = retry;
          log?.info(`${model.label}: ${why}; it is asked again in ${Math.ceil(waitMs / 1000)} s.`);
          onWait?.({ host: model.label, why, untilMs: timing.now() + waitMs });
          await timing.sleep(waitMs, signal);
        }
      }
    },
  };
}

/** One message: what never changes stands first. */
function promptFor({ system, context, instruction, answer }: ModelRequest): string {
  const rules = `${system}\n\n${inWords(answerSchema(answer.schema).portable)}`;
  return [rules, context, instruction].filter((part) => part !== "").join("\n\n");
}

/** No token is shorter than a character, so most requests need not be counted. */
async function refuseTooLong({ model, prompt, signal }: TextCall): Promise<void> {
  const { maxInputTokens } = model;
  if (maxInputTokens === undefined || prompt.length <= maxInputTokens) return;
  // A model that cannot count is asked anyway.
  const count = await untilAborted(model.countTokens(prompt, signal).catch(() => 0), signal);
  if (count > maxInputTokens) throw tooLongFor(model, count);
}

/** One request. Stopped by the caller's signal or, when nothing comes any more, by the watchdog. */
async function* tryOnce({ model, prompt, patience, timing, signal }: TextCall): AsyncGenerator<ModelEvent> {
  const control = new AbortController();
  const unlink = onAbort(signal, () => control.abort());
  const watchdog = createWatchdog({ timing, patience, onStall: () => control.abort() });
  const visible = createVisibleText();
  const scanner = new ElementScanner([]);
  const pieces = model.write(prompt, control.signal)[Symbol.asyncIterator]();
  const show = (text: string): ModelEvent[] => {
    scanner.push(text);
    return text === "" ? [] : [{ type: "text", delta: text }];
  };
  try {
    for (;;) {
      const { done, value } = await untilAborted(pieces.next(), control.signal);
      if (done) break;
      watchdog.sawText();
      yield* show(visible.push(value));
    }
    yield* show(visible.rest());
    yield { type: "end", outcome: scanner.state === "inside" || scanner.state === "overflow" ? "truncated" : "completed", model: model.name };
  } catch (error) {
    throw watchdog.hasStalled && !signal.aborted ? new AnswerFault("stalled") : error;
  } finally {
    watchdog.stop();
    unlink();
    // Whoever stopped listening early wants no more; a model that is stuck is not waited for.
    control.abort();
    void Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}
