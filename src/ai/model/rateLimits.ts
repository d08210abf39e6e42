/** What a rate limit had left when a server last told. It fills up evenly until it is whole. */
export interface Bucket {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until it is whole. */
  readonly resetMs: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Milliseconds until so much is left; 0 where the limit is smaller than that, since waiting would not help. */
export function msUntilLeft(bucket: Bucket, needed: number, now: number): number {
  const { limit } = bucket;
  const left = leftAt(bucket, now);
  if (left >= needed || needed > limit) return 0;
  return Math.ceil((needed - left) / fillRate(bucket));
}

/** The bucket after a call has taken its part, which its server has yet to tell of. */
export function takeFrom(bucket: Bucket, taken: number, now: number): Bucket {
  const remaining = Math.max(0, leftAt(bucket, now) - taken);
  const resetMs = Math.ceil((bucket.limit - remaining) / fillRate(bucket));
  return { limit: bucket.limit, remaining, resetMs, at: now };
}

/**
 * The buckets that headers tell of: `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, with
 * durations such as `6m0s`, `20ms` or plain seconds. One without all three is left out.
 */
export function readBuckets(headers: Headers, now: number): { readonly requests?: Bucket; readonly tokens?: Bucket } {
  const read = (what: string): Bucket | undefined => {
    const limit = numberOf(headers.get(`x-ratelimit-limit-${what}`));
    const remaining = numberOf(headers.get(`x-ratelimit-remaining-${what}`));
    const resetMs = parseDuration(headers.get(`x-ratelimit-reset-${what}`) ?? "");
    if (limit === undefined || remaining === undefined || resetMs === undefined || limit <= 0 || remaining > limit) return undefined;
    return { limit, remaining, resetMs, at: now };
  };
  const [requests, tokens] = [read("requests"), read("tokens")];
  return { ...(requests && { requests }), ...(tokens && { tokens }) };
}

/** Milliseconds that a server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const ms = numberOf(headers?.get("retry-after-ms") ?? null);
  if (ms !== undefined) return ms;
  const text = headers?.get("retry-after");
  if (!text) return undefined;
  const seconds = numberOf(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseDuration(text: string): number | undefined {
  const seconds = numberOf(text);
  if (seconds !== undefined) return seconds * 1000;
  if (!/^(?:[\d.]+(?:ms|[smhd]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|[smhd])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit!]!, 0);
}

function numberOf(text: string | null): number | undefined {
  if (text === null || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}

function leftAt(bucket: Bucket, now: number): number {
  return Math.min(bucket.limit, bucket.remaining + fillRate(bucket) * Math.max(0, now - bucket.at));
}

/** Per millisecond. A bucket that is whole already fills at once. */
function fillRate({ limit, remaining, resetMs }: Bucket): number {
  return (limit - remaining) / Math.max(1, resetMs) || limit;
}
