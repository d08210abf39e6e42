import type { TakeWord } from "../takeWords.ts";
import { cutCost, joinCost, lengthCost } from "./cutCosts.ts";
import type { ShotLength, Stretch } from "./stretches.ts";

/**
 * Cuts speech into shots at the least cost of all ways to cut it between its words. A shot lasts
 * until the first word of the next one, so that a pause lengthens the shot before it.
 */
export function cutStretch(words: readonly TakeWord[], stretch: Stretch, shotLength: ShotLength): Stretch[] {
  const { first, last } = stretch;
  const count = last - first + 1;
  const timeAt = (index: number) => (index === 0 ? stretch.start : index === count ? stretch.end : words[first + index]!.start);
  const joins = joinsBefore(words.slice(first, last + 1));
  const farthest = shotLength.longest + shotLength.shortest;
  const cost = new Float64Array(count + 1).fill(Infinity);
  const cutBefore = new Int32Array(count + 1);
  cost[0] = 0;
  for (let end = 1; end <= count; end++) {
    const cut = end === count ? 0 : cutCost(words[first + end - 1]!, words[first + end]!);
    const endTime = timeAt(end);
    for (let start = end - 1; start >= 0; start--) {
      const seconds = endTime - timeAt(start);
      // The word itself is a shot however long it lasts.
      if (seconds > farthest && start < end - 1) break;
      const total = cost[start]! + cut + lengthCost(seconds, shotLength) + joins[end - 1]! - joins[start]!;
      if (total >= cost[end]!) continue;
      cost[end] = total;
      cutBefore[end] = start;
    }
  }
  const shots: Stretch[] = [];
  for (let end = count; end > 0; end = cutBefore[end]!) {
    const start = cutBefore[end]!;
    shots.push({ first: first + start, last: first + end - 1, start: timeAt(start), end: timeAt(end) });
  }
  return shots.reverse();
}

/** For each word, what it costs to leave all words up to it together. */
function joinsBefore(words: readonly TakeWord[]): Float64Array {
  const joins = new Float64Array(words.length);
  for (let index = 1; index < words.length; index++) joins[index] = joins[index - 1]! + joinCost(words[index - 1]!, words[index]!);
  return joins;
}
