import { AnswerFault } from "./answerFault.ts";
import { readRetryAfter } from "./rateLimits.ts";
import { ConnectionFailure, ServerFailure } from "./serverFailure.ts";

/** How often one call is tried anew, by what went wrong. */
export interface RetryCounts {
  /** Errors of the server, broken connections. */
  failures: number;
  /** Told to come back later: that is no failure, so it may happen more often. */
  turnedAway: number;
  /** Nobody there at all. */
  unreachable: number;
  stalls: number;
}

export interface Retry {
  readonly waitMs: number;
  /** All calls to the host wait, not just this one. */
  readonly forAll: boolean;
  /** In a few words, without the host. */
  readonly why: string;
}

export interface RetryOptions {
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
  /** The host has answered before: then it is down, not mistyped, and worth waiting for. */
  readonly isKnownHost: boolean;
}

const MOST: Readonly<RetryCounts> = { failures: 7, turnedAway: 20, unreachable: 2, stalls: 1 };
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Whoever asks for a longer wait than this is not to be waited for by a run that somebody watches. */
const LONGEST_RETRY_AFTER_MS = 600_000;

const UNREACHABLE: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** Nothing gets better by trying these again. */
const HOPELESS_CONNECTION = /^(?:REDIRECT|FOREIGN_ORIGIN|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_INVALID)/;

export function newRetryCounts(): RetryCounts {
  return { failures: 0, turnedAway: 0, unreachable: 0, stalls: 0 };
}

/** Undefined where the failure stands. Counts the try otherwise. Only for calls of which no text has come. */
export function nextRetry(error: unknown, counts: RetryCounts, options: RetryOptions): Retry | undefined {
  const kind = kindOf(error, options);
  if (!kind || counts[kind] >= MOST[kind]) return undefined;
  const headers = error instanceof ServerFailure ? error.headers : undefined;
  const asked = readRetryAfter(headers, options.now);
  if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return undefined;
  counts[kind]++;
  const waitMs = asked ?? backOff(counts[kind], options.random);
  // A server that names a time means everybody.
  return { waitMs, forAll: kind === "turnedAway" || asked !== undefined, why: whyOf(error) };
}

export function isQuotaSpent({ code, type }: ServerFailure): boolean {
  return [code, type].some((name) => name === "insufficient_quota" || name === "billing_hard_limit_reached" || name === "billing_not_active");
}

function kindOf(error: unknown, { isKnownHost }: RetryOptions): keyof RetryCounts | undefined {
  if (error instanceof AnswerFault) return error.kind === "stalled" ? "stalls" : error.kind === "disconnected" ? "failures" : undefined;
  if (error instanceof ConnectionFailure) {
    const { code = "" } = error;
    if (HOPELESS_CONNECTION.test(code)) return undefined;
    return UNREACHABLE.has(code) && !isKnownHost ? "unreachable" : "failures";
  }
  if (!(error instanceof ServerFailure) || isQuotaSpent(error) || error.headers?.get("x-should-retry") === "false") return undefined;
  const { status = 0 } = error;
  if (status === 429) return "turnedAway";
  return status === 408 || status === 409 || (status >= 500 && status !== 501 && status !== 505) ? "failures" : undefined;
}

/** Doubles up to a minute; half of it is left to chance, so that calls that failed together do not come back together. */
function backOff(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + 0.5 * random));
}

function whyOf(error: unknown): string {
  if (error instanceof AnswerFault) return error.kind === "stalled" ? "fell silent" : "broke off";
  if (error instanceof ServerFailure) return error.status === 429 ? "rate limit" : `answered ${error.status ?? "an error"}`;
  return "cannot be reached";
}
