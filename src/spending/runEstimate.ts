import { formatMoney, formatTokens, picoDollarsOf, toDollars } from "../core/cost.ts";
import type { PriceOf } from "../core/priceBook.ts";
import type { Price } from "../core/prices.ts";
import type { SegmentPlan } from "../core/segmentPlan.ts";

/** Calls of one kind, as `estimateCalls` counts them. */
export interface EstimatedCalls {
  readonly purpose: string;
  readonly role: "director" | "optimizer" | "image";
  readonly calls: number;
  readonly inputTokens: number;
  readonly sharedTokens: number;
  readonly outputTokens: number;
}

/** Low where every answer is right the first time; high with what usually comes on top. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** What a run is going to take, told before anything is spent. */
export interface RunEstimate {
  /** Segments that the director is asked for, and those whose stored draft goes through again. */
  readonly direct: number;
  readonly refresh: number;
  readonly calls: Span;
  readonly inputTokens: Span;
  readonly outputTokens: Span;
  /** US dollars; absent where the price of a model is unknown. */
  readonly usd?: Span | undefined;
  /** How long the calls take where so many run side by side; absent where that is not told. */
  readonly minutes?: Span | undefined;
  /** Models that are asked, and those of them whose price nobody knows. */
  readonly models: readonly string[];
  readonly unknownPrices: readonly string[];
}

export interface EstimateInputs {
  readonly plan: SegmentPlan;
  readonly groups: readonly EstimatedCalls[];
  /** Who answers calls of either kind. */
  readonly models: Readonly<Record<"director" | "optimizer", string>> & { readonly image?: string | undefined };
  readonly priceOf: PriceOf;
  /** Calls that run side by side. */
  readonly maxCalls?: number | undefined;
}

/** One answer in ten is asked for again; texts come longer than the average; models think before they write. */
const AGAIN = 1.1;
const LONGER = 1.5;
const TOKENS_OF_THOUGHT = 600;
/** From a quick model to one that thinks before it writes: what a call waits for its first word, and how fast words come. */
const PACE = { quick: { firstSeconds: 0.8, tokensASecond: 120 }, slow: { firstSeconds: 4, tokensASecond: 35 } } as const;
/** Providers hold nothing shorter in their caches (OpenAI's guide to prompt caching). */
const LEAST_CACHED_TOKENS = 1024;

export function estimateRun({ plan, groups, models, priceOf, maxCalls }: EstimateInputs): RunEstimate {
  const steps = [...plan.values()];
  const modelFor = (role: EstimatedCalls["role"]) => (role === "image" ? (models.image ?? "") : models[role]);
  const asked = [...new Set(groups.map(({ role }) => modelFor(role)))];
  const unknownPrices = asked.filter((model) => priceOf(model) === undefined);
  const costs = groups.map((group) => costOf(group, priceOf(modelFor(group.role)) ?? { input: 0, output: 0 }));
  const sum = (pick: (group: EstimatedCalls) => number): number => groups.reduce((all, group) => all + pick(group), 0);
  return {
    direct: steps.filter((step) => step.do === "direct").length,
    refresh: steps.filter((step) => step.do === "refresh").length,
    calls: { low: sum(({ calls }) => calls), high: sum(({ calls }) => Math.ceil(calls * AGAIN)) },
    inputTokens: { low: sum(({ inputTokens }) => inputTokens), high: sum((group) => atMost(group).inputTokens) },
    outputTokens: { low: sum(({ outputTokens }) => outputTokens), high: sum((group) => atMost(group).outputTokens) },
    ...(unknownPrices.length ? {} : { usd: { low: sumOf(costs, "low"), high: sumOf(costs, "high") } }),
    ...(maxCalls === undefined ? {} : { minutes: minutesOf(groups, maxCalls) }),
    models: asked,
    unknownPrices,
  };
}

/** Calls are spread over their slots; the few that wait for one another are lost in what is not known anyway. */
function minutesOf(groups: readonly EstimatedCalls[], maxCalls: number): Span {
  const seconds = (tokensOf: (group: EstimatedCalls) => number, { firstSeconds, tokensASecond }: (typeof PACE)["quick" | "slow"]): number =>
    groups.reduce((sum, group) => sum + group.calls * firstSeconds + tokensOf(group) / tokensASecond, 0) / maxCalls;
  return { low: seconds(({ outputTokens }) => outputTokens, PACE.quick) / 60, high: seconds((group) => atMost(group).outputTokens, PACE.slow) / 60 };
}

function sumOf(spans: readonly Span[], end: keyof Span): number {
  return spans.reduce((all, span) => all + span[end], 0);
}

function atMost({ calls, inputTokens, outputTokens }: EstimatedCalls): { readonly inputTokens: number; readonly outputTokens: number } {
  return { inputTokens: Math.ceil(inputTokens * AGAIN), outputTokens: Math.ceil(outputTokens * LONGER * AGAIN) + calls * TOKENS_OF_THOUGHT };
}

/** From a cache that holds the shared beginning after the first call, to none that ever does. */
function costOf(group: EstimatedCalls, price: Price): Span {
  const { calls, inputTokens, outputTokens, sharedTokens } = group;
  const isCached = price.cachedInput !== undefined && sharedTokens >= LEAST_CACHED_TOKENS && calls > 1;
  const cachedInputTokens = isCached ? (calls - 1) * sharedTokens : 0;
  const low = picoDollarsOf({ inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens: isCached ? sharedTokens : 0 }, price);
  const dearest = { ...price, input: Math.max(price.input, price.cacheWrite ?? 0) };
  const high = picoDollarsOf({ ...atMost(group), cachedInputTokens: 0 }, dearest);
  return { low: toDollars(low), high: toDollars(high) };
}

/** What a segment is expected to cost, US dollars: the middle of the estimate. */
export function segmentUsd({ usd, direct, refresh }: RunEstimate): number {
  return usd && direct + refresh > 0 ? (usd.low + usd.high) / 2 / (direct + refresh) : 0;
}

/** `61 to 68 calls, 116k to 128k tokens in, 28k to 52k out: $0.21 to $0.40`. */
export function formatEstimate(estimate: RunEstimate): string {
  if (estimate.calls.high === 0) return "no calls to a model: no cost";
  const calls = `${spanText(estimate.calls, String)} ${estimate.calls.high === 1 ? "call" : "calls"}`;
  const tokens = `${spanText(estimate.inputTokens, formatTokens)} tokens in, ${spanText(estimate.outputTokens, formatTokens)} out`;
  return `${calls}, ${tokens}: ${estimatedMoney(estimate)}${minutesText(estimate)}`;
}

function minutesText({ minutes }: RunEstimate): string {
  if (!minutes) return "";
  if (minutes.high < 1) return ", in less than a minute";
  return `, in about ${spanText(minutes, (value) => String(Math.max(1, Math.round(value))))} min`;
}

/** `$0.21 to $0.40`, `no cost`, or which prices are unknown. */
export function estimatedMoney({ usd, unknownPrices }: RunEstimate): string {
  if (!usd) return `cost unknown (no price for ${unknownPrices.join(", ")})`;
  return usd.high === 0 ? "no cost" : spanText(usd, formatMoney);
}

function spanText({ low, high }: Span, format: (value: number) => string): string {
  return format(low) === format(high) ? format(low) : `${format(low)} to ${format(high)}`;
}
