import { isAbortError } from "../../core/errors.ts";
import type { Log } from "../../pipeline/ports.ts";
import { AnswerFault } from "./answerFault.ts";
import type { Endpoint } from "./endpoint.ts";
import type { createGuardedFetch } from "./guardedFetch.ts";
import { parseJson } from "./json.ts";
import { onAbort, throwIfAborted, untilAborted } from "./onAbort.ts";
import type { Pause } from "./pause.ts";
import { readText } from "./readBytes.ts";
import { newRetryCounts, nextRetry, type Retry } from "./retries.ts";
import { ConnectionFailure, ServerFailure } from "./serverFailure.ts";
import type { Timing } from "./timing.ts";
import { createWatchdog, type Patience } from "./watchdog.ts";

/** One request as fetch takes it. */
export interface PostRequest {
  /** Below the base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
}

/** A call whose answer comes in one piece: a picture, a transcript. */
export interface WholeCall<Answer> {
  readonly model: string;
  /** An answer that is longer is given up. */
  readonly maxBytes: number;
  /** Asked anew for every try. */
  request(): PostRequest;
  /** Throws where the body is no answer. */
  read(body: string): Answer;
  /** Whether the next request is another one, because of what was answered to this one; it goes out at once then. */
  concede(error: unknown): boolean;
  /** Absent where a silence may be worth another try, as any other failure is. */
  readonly givesUpOnSilence?: boolean;
  /** How long it may take to send the request, where it is large: no answer can come before that. */
  readonly sendingMs?: number;
  /** What the caller is told of a failure that stands. */
  describe(error: unknown): unknown;
}

export interface WholeCallDeps {
  readonly endpoint: Endpoint;
  readonly fetch: ReturnType<typeof createGuardedFetch>;
  readonly pause: Pause;
  readonly patience: Patience;
  readonly timing: Timing;
  readonly log: Log | undefined;
  /** The host has answered something, whatever it was. */
  hasAnswered: boolean;
}

/** One call under way, through however many tries. */
interface Asking<Answer> {
  readonly call: WholeCall<Answer>;
  readonly signal: AbortSignal;
  readonly deps: WholeCallDeps;
  readonly counts: ReturnType<typeof newRetryCounts>;
  /** Tries whose answer broke off: those were worked on, and are paid for. */
  cuts: number;
  isAnswering: boolean;
}

/** Asks until there is an answer or a reason to give up. @throws what `describe` makes of it; an AbortError when stopped */
export async function askWhole<Answer>(call: WholeCall<Answer>, signal: AbortSignal, deps: WholeCallDeps): Promise<Answer> {
  const asking: Asking<Answer> = { call, signal, deps, counts: newRetryCounts(), cuts: 0, isAnswering: false };
  for (;;) {
    const pass = await deps.pause.enter({ model: call.model, tokens: 0, isUrgent: false }, signal);
    let waitMs = 0;
    try {
      const answer = await tryOnce(asking);
      pass.leave(true);
      return answer;
    } catch (error) {
      const retry = afterFailure(error, asking);
      if (retry.forAll) deps.pause.hold(pass, deps.timing.now() + retry.waitMs, retry.why);
      else waitMs = retry.waitMs;
    } finally {
      pass.leave(false);
    }
    if (waitMs > 0) await deps.timing.sleep(waitMs, signal);
  }
}

async function tryOnce<Answer>(asking: Asking<Answer>): Promise<Answer> {
  const { call, signal, deps } = asking;
  const { endpoint, timing, patience, pause } = deps;
  const control = new AbortController();
  const unlink = onAbort(signal, () => control.abort());
  const { sendingMs = 0 } = call;
  const watchdog = createWatchdog({ timing, patience: { ...patience, firstMs: patience.firstMs + sendingMs, textMs: patience.textMs + sendingMs }, onStall: () => control.abort() });
  asking.isAnswering = false;
  try {
    const { path, headers, body } = call.request();
    const response = await untilAborted(deps.fetch(`${endpoint.baseUrl}${path}`, { method: "POST", headers, body, signal: control.signal }), control.signal);
    deps.hasAnswered = true;
    const options = { signal: control.signal, onBytes: () => watchdog.sawBytes(), maxBytes: call.maxBytes };
    if (!response.ok) {
      const text = await readText(response.body, options);
      throw new ServerFailure({ status: response.status, body: parseJson(text) ?? text, headers: response.headers });
    }
    asking.isAnswering = true;
    pause.learn(call.model, response.headers);
    return call.read(await readText(response.body, options));
  } catch (error) {
    throw (watchdog.hasStalled && !signal.aborted) || isTimeout(error) ? new AnswerFault("stalled") : error;
  } finally {
    watchdog.stop();
    unlink();
  }
}

/** Node's fetch has a patience of its own. */
function isTimeout(error: unknown): boolean {
  return error instanceof ConnectionFailure && (error.code === "UND_ERR_HEADERS_TIMEOUT" || error.code === "UND_ERR_BODY_TIMEOUT");
}

/** When the same is asked for anew. @throws what the caller is to be told */
function afterFailure<Answer>(error: unknown, asking: Asking<Answer>): Retry {
  const { call, signal, deps, counts } = asking;
  const { endpoint, timing, log } = deps;
  throwIfAborted(signal);
  if (isAbortError(error)) throw error;
  if (call.concede(error)) return { waitMs: 0, forAll: false, why: "" };
  const isTooDear = asking.isAnswering && asking.cuts++ > 0;
  const isSilent = error instanceof AnswerFault && error.kind === "stalled" && call.givesUpOnSilence;
  const retry = isTooDear || isSilent ? undefined : nextRetry(error, counts, { now: timing.now(), random: timing.random(), isKnownHost: deps.hasAnswered });
  if (!retry) throw call.describe(error);
  log?.info(`${endpoint.host}: ${retry.why}; ${call.model} is asked again in ${Math.ceil(retry.waitMs / 1000)} s.`);
  return retry;
}
