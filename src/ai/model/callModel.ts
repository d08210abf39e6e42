import { isAbortError } from "../../core/errors.ts";
import type { ReasoningEffort } from "../../core/reasoningEffort.ts";
import type { Log, ModelEvent, ModelRequest, ModelWait } from "../../pipeline/ports.ts";
import { askedBy, type Ability, type AbilityBook } from "./ability.ts";
import { readAnswer } from "./answerEvents.ts";
import { AnswerFault } from "./answerFault.ts";
import { readConcession } from "./concessions.ts";
import { describeFault } from "./describeFault.ts";
import type { Endpoint } from "./endpoint.ts";
import { onAbort, throwIfAborted, untilAborted } from "./onAbort.ts";
import type { Pass, Pause } from "./pause.ts";
import type { Cleaner } from "./redact.ts";
import { chatBody, responsesBody, tokensAsked, type Body, type BodyOptions } from "./requestBodies.ts";
import { newRetryCounts, nextRetry } from "./retries.ts";
import type { SchemaWatch } from "./schemaWatch.ts";
import type { Timing } from "./timing.ts";
import type { Transport } from "./transport.ts";
import { createWatchdog, type Patience } from "./watchdog.ts";

export interface CallDeps {
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly models: Readonly<Record<ModelRequest["role"], string>>;
  readonly effort: ReasoningEffort;
  readonly abilities: AbilityBook;
  readonly schemaWatch: SchemaWatch;
  readonly pause: Pause;
  readonly patience: Patience;
  readonly timing: Timing;
  readonly hasKey: boolean;
  readonly clean: Cleaner;
  readonly log: Log | undefined;
  readonly onWait: ((wait: ModelWait) => void) | undefined;
  /** The host has answered something, whatever it was. */
  hasAnswered: boolean;
}

/** One call under way, through however many tries. */
interface Call {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  readonly deps: CallDeps;
  readonly model: string;
  readonly counts: ReturnType<typeof newRetryCounts>;
  ability: Ability;
  /** Why it is asked as it is; empty where nothing was found in this call. */
  why: string;
  hasText: boolean;
}

/**
 * Asks until there is an answer or a reason to give up. Tries anew only while no text has come:
 * what came stands, and the error then says that it can be resumed.
 */
export async function* callModel(request: ModelRequest, signal: AbortSignal, deps: CallDeps): AsyncGenerator<ModelEvent> {
  const model = deps.models[request.role];
  const call: Call = { request, signal, deps, model, counts: newRetryCounts(), ability: deps.abilities.of(model), why: "", hasText: false };
  for (;;) {
    const options: BodyOptions = { endpoint: deps.endpoint, model, effort: deps.effort, ability: call.ability };
    const { host } = deps.endpoint;
    const onWait = (why: string, untilMs: number) => deps.onWait?.({ host, why, untilMs });
    const pass = await deps.pause.enter({ model, tokens: tokensAsked(request, options), isUrgent: request.role === "optimizer", onWait }, signal);
    const body = call.ability.step === "responses" ? responsesBody(request, options) : chatBody(request, options);
    let waitMs = 0;
    try {
      yield* tryOnce(call, body);
      pass.leave(true);
      return;
    } catch (error) {
      waitMs = afterFailure(error, { call, body, pass });
    } finally {
      pass.leave(false);
    }
    if (waitMs > 0) await deps.timing.sleep(waitMs, signal);
  }
}

/** One request. Stopped by the caller's signal or, when nothing comes any more, by the watchdog. */
async function* tryOnce(call: Call, body: Body): AsyncGenerator<ModelEvent> {
  const { signal, deps, model, ability } = call;
  const { transport, timing, patience, pause } = deps;
  const control = new AbortController();
  const unlink = onAbort(signal, () => control.abort());
  const watchdog = createWatchdog({ timing, patience, onStall: () => control.abort() });
  const texts: string[] = [];
  try {
    throwIfAborted(signal);
    const response = await untilAborted(transport.send(ability.step === "responses" ? "responses" : "chat", body, control.signal), control.signal);
    deps.hasAnswered = true;
    pause.learn(model, response.headers);
    for await (const event of readAnswer(response, { step: ability.step, model, signal: control.signal, watchdog })) {
      if (event.type === "text") texts.push(event.delta);
      else deps.schemaWatch.check(call, texts.join(""), event.outcome);
      keepAbility(call, event.type === "text");
      yield event;
    }
  } catch (error) {
    throw watchdog.hasStalled && !signal.aborted ? new AnswerFault("stalled") : error;
  } finally {
    watchdog.stop();
    unlink();
  }
}

function keepAbility(call: Call, isText: boolean): void {
  if (isText && call.hasText) return;
  call.hasText ||= isText;
  call.deps.abilities.keep(call.model, call.ability, call.why);
}

interface FailedTry {
  readonly call: Call;
  readonly body: Body;
  readonly pass: Pass;
}

/** Milliseconds to wait before this call is tried anew. @throws what the caller is to be told */
function afterFailure(error: unknown, { call, body, pass }: FailedTry): number {
  const { signal, deps, ability } = call;
  const { endpoint, timing, pause, log } = deps;
  throwIfAborted(signal);
  if (isAbortError(error)) throw error;
  const now = timing.now();
  const concession = call.hasText ? undefined : readConcession({ error, ability, endpoint, body });
  if (concession) {
    call.ability = concession.ability;
    call.why = [call.why, concession.why].filter(Boolean).join("; ");
    log?.info(`${endpoint.host}, ${call.model}: ${concession.why}; ${askedBy(concession.ability)}.`);
    return 0;
  }
  const retry = nextRetry(error, call.counts, { now, random: timing.random(), isKnownHost: deps.hasAnswered });
  if (retry?.forAll) pause.hold(pass, now + retry.waitMs, retry.why);
  if (!retry || call.hasText) throw describeFault(error, { endpoint, model: call.model, hasKey: deps.hasKey, clean: deps.clean, isResumable: call.hasText });
  log?.info(`${endpoint.host}: ${retry.why}; ${call.model} is asked again in ${Math.ceil(retry.waitMs / 1000)} s.`);
  if (retry.forAll) return 0;
  deps.onWait?.({ host: endpoint.host, why: retry.why, untilMs: now + retry.waitMs });
  return retry.waitMs;
}
