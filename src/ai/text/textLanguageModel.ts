import type { LanguageModel, Log, ModelEvent, ModelRequest, ModelWait, TextModel } from "../../pipeline/ports.ts";
import { ElementScanner } from "../llm/elementStream.ts";
import { AnswerFault } from "../model/answerFault.ts";
import { answerSchema, inWords } from "../model/answerSchema.ts";
import { onAbort, throwIfAborted, untilAborted } from "../model/onAbort.ts";
import type { Pause } from "../model/pause.ts";
import { createPauses, type Pauses } from "../model/pauses.ts";
import { systemTiming, type Timing } from "../model/timing.ts";
import { createVisibleText } from "../model/visibleText.ts";
import { createWatchdog, type Patience } from "../model/watchdog.ts";
import { describeTextFault, nextTry, tooLongFor, type TextRetry } from "./textFaults.ts";

export interface TextLanguageModelOptions {
  readonly director: TextModel;
  /** Compiles final prompts; the director's model where absent. */
  readonly optimizer?: TextModel | undefined;
  /** Shared by all models of a program, so that a pause is kept by all calls to one vendor. */
  readonly pauses?: Pauses | undefined;
  readonly log?: Log | undefined;
  /** Is told why a call waits, and until when. */
  readonly onWait?: ((wait: ModelWait) => void) | undefined;
  readonly patience?: Patience | undefined;
  readonly timing?: Timing | undefined;
}

interface TextCall {
  readonly model: TextModel;
  readonly prompt: string;
  /** Compiling a final prompt goes before drafting. */
  readonly isUrgent: boolean;
  readonly pause: Pause;
  readonly patience: Patience;
  readonly timing: Timing;
  readonly log: Log | undefined;
  readonly onWait: (why: string, untilMs: number) => void;
  readonly signal: AbortSignal;
}

/** Thinking is not told of, and the first call may wait for a person who is asked for consent. */
const PATIENCE: Patience = { firstMs: 290_000, nextMs: 120_000, textMs: 600_000 };

/**
 * Makes a language model of one that only takes and gives text: the schema is asked for in words,
 * thoughts are left out, and how an answer ended is read from the answer itself. Tries again only
 * while no text has come; a rate limit makes all calls to the vendor wait.
 */
export function createTextLanguageModel(options: TextLanguageModelOptions): LanguageModel {
  const { director, optimizer = director, log, patience = PATIENCE, timing = systemTiming(), pauses = createPauses(timing) } = options;
  return {
    name: director.name,
    stream(request, signal) {
      const isUrgent = request.role === "optimizer";
      const model = isUrgent ? optimizer : director;
      const onWait = (why: string, untilMs: number) => options.onWait?.({ host: model.label, why, untilMs });
      return callTextModel({ model, prompt: promptFor(request), isUrgent, pause: pauses.of(model.vendor), patience, timing, log, onWait, signal });
    },
  };
}

async function* callTextModel(call: TextCall): AsyncGenerator<ModelEvent> {
  const { model, isUrgent, pause, timing, onWait, signal } = call;
  throwIfAborted(signal);
  await refuseTooLong(call);
  for (let tries = 1; ; tries++) {
    // How many tokens a vendor allows is not told, so none are counted.
    const pass = await pause.enter({ model: model.name, tokens: 0, isUrgent, onWait }, signal);
    let hasText = false;
    let waitMs = 0;
    try {
      for await (const event of tryOnce(call)) {
        hasText ||= event.type === "text";
        yield event;
      }
      pass.leave(true);
      return;
    } catch (error) {
      throwIfAborted(signal);
      const retry = nextTry(error, tries, timing.random());
      if (retry?.forAll) pause.hold(pass, timing.now() + retry.waitMs, retry.why);
      if (!retry || hasText) throw describeTextFault(error, { label: model.label, isResumable: hasText });
      waitMs = msAlone(retry, call);
    } finally {
      pass.leave(false);
    }
    if (waitMs > 0) await timing.sleep(waitMs, signal);
  }
}

/** Milliseconds that this call waits by itself; the pause makes all of them wait, and says so. */
function msAlone({ waitMs, forAll, why }: TextRetry, { model, timing, log, onWait }: TextCall): number {
  log?.info(`${model.label}: ${why}; it is asked again in ${Math.ceil(waitMs / 1000)} s.`);
  if (forAll) return 0;
  onWait(why, timing.now() + waitMs);
  return waitMs;
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
