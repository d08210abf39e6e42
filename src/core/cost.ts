import type { Price } from "./prices.ts";
import { plural } from "./words.ts";

/** Tokens of one call, as its provider counts them. */
export interface TokenUsage {
  /** All that went in, whatever of it was cached. */
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens?: number | undefined;
  /** The part of the input that is pictures. */
  readonly imageInputTokens?: number | undefined;
  readonly outputTokens: number;
}

/** What calls came to. */
export interface Spent {
  readonly calls: number;
  /** Calls whose price or tokens nobody knows; what they cost is not in the sum. */
  readonly unknownCalls: number;
  /** Trillionths of a US dollar: whole numbers, so that parts add up to the whole exactly. */
  readonly picoDollars: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}

export const NOTHING_SPENT: Spent = { calls: 0, unknownCalls: 0, picoDollars: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

/** One call. Where the price is nothing, the tokens need not be known. */
export function spentOnCall(usage: TokenUsage | undefined, price: Price | undefined): Spent {
  const isFree = price !== undefined && price.input === 0 && price.output === 0;
  const isKnown = isFree || (price !== undefined && usage !== undefined);
  return {
    calls: 1,
    unknownCalls: isKnown ? 0 : 1,
    picoDollars: usage && price ? picoDollarsOf(usage, price) : 0,
    inputTokens: usage?.inputTokens ?? 0,
    cachedInputTokens: usage?.cachedInputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  };
}

export function addSpent(a: Spent, b: Spent): Spent {
  return {
    calls: a.calls + b.calls,
    unknownCalls: a.unknownCalls + b.unknownCalls,
    picoDollars: a.picoDollars + b.picoDollars,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

/** A dollar for a million tokens is a million trillionths for one. */
export function picoDollarsOf(usage: TokenUsage, price: Price): number {
  const { inputTokens, cachedInputTokens, cacheWriteTokens = 0, imageInputTokens = 0, outputTokens } = usage;
  const plain = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens - imageInputTokens);
  const perToken = (dollars = price.input) => Math.round(dollars * 1e6);
  return (
    plain * perToken() +
    cachedInputTokens * perToken(price.cachedInput) +
    cacheWriteTokens * perToken(price.cacheWrite) +
    imageInputTokens * perToken(price.imageInput) +
    outputTokens * perToken(price.output)
  );
}

/** What calls came to, for people and for run logs. */
export interface Bill extends Omit<Spent, "picoDollars"> {
  /** US dollars, of the calls whose price and tokens are known. */
  readonly usd: number;
}

export function toBill({ picoDollars, ...rest }: Spent): Bill {
  return { usd: toDollars(picoDollars), ...rest };
}

export function toDollars(picoDollars: number): number {
  return picoDollars / 1e12;
}

/** `$0.42`, `< $0.01`, `$1,200.00`; `$0.00` for nothing. */
export function formatMoney(dollars: number): string {
  if (dollars > 0 && dollars < 0.005) return "< $0.01";
  const [whole, cents] = dollars.toFixed(2).split(".") as [string, string];
  return `$${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}.${cents}`;
}

/** `$0.42`, `at least $0.42` where some of it is not known, `unknown` where none is, `no cost` for a free model. */
export function formatCost({ calls, unknownCalls, usd }: Bill): string {
  if (unknownCalls > 0) return usd === 0 ? "unknown" : `at least ${formatMoney(usd)}`;
  return calls > 0 && usd === 0 ? "no cost" : formatMoney(usd);
}

/** `$0.42`, or the tokens where money says nothing: for places where there is little room. */
export function formatMeter(bill: Bill): string {
  return bill.usd > 0 ? formatCost(bill) : `${formatTokens(bill.inputTokens + bill.outputTokens)} tokens`;
}

/** `$0.42, 61 calls`, with the tokens where money says nothing. */
export function formatBill(bill: Bill): string {
  const calls = plural(bill.calls, "call");
  if (bill.usd > 0) return `${formatCost(bill)}, ${calls}`;
  const tokens = `${formatTokens(bill.inputTokens)} tokens in, ${formatTokens(bill.outputTokens)} out`;
  return `${bill.unknownCalls > 0 ? "Cost unknown" : "No cost"}, ${calls}, ${tokens}`;
}

/** `800`, `41k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${Math.round(tokens / 1000)}k`;
  return `${(tokens / 1e6).toFixed(1)}M`;
}
