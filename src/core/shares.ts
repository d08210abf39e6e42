import type { TokenUsage } from "./cost.ts";

/**
 * Shares out a whole number in proportion to weights, in whole numbers that sum up to it exactly:
 * what rounding down leaves goes to the largest remainders, the earlier first. Equal shares where
 * all weights are 0.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (sum > 0 ? (total * weight) / sum : total / weights.length));
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) })).sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let turn = 0; left > 0; turn = (turn + 1) % byRemainder.length, left--) shares[byRemainder[turn]!.index]! += 1;
  return shares;
}

/**
 * What each of several segments took of one call. Input is shared equally: nearly all of it is the
 * story, which every segment needs alike. Output is shared by the length of what was written for each.
 */
export function shareUsage(usage: TokenUsage, lengths: readonly number[]): TokenUsage[] {
  const { cachedInputTokens, cacheWriteTokens = 0, imageInputTokens = 0 } = usage;
  const equal = lengths.map(() => 1);
  const plain = shareOut(Math.max(0, usage.inputTokens - cachedInputTokens - cacheWriteTokens - imageInputTokens), equal);
  const [cached, written, images] = [cachedInputTokens, cacheWriteTokens, imageInputTokens].map((tokens) => shareOut(tokens, equal)) as [number[], number[], number[]];
  const output = shareOut(usage.outputTokens, lengths);
  return lengths.map((_, index) => ({
    inputTokens: plain[index]! + cached[index]! + written[index]! + images[index]!,
    cachedInputTokens: cached[index]!,
    cacheWriteTokens: written[index]!,
    imageInputTokens: images[index]!,
    outputTokens: output[index]!,
  }));
}
