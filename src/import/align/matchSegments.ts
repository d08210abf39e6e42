import { longestRise, matchKeys, windowsBetween, type Anchor, type Window } from "./matchKeys.ts";

/** The keys of a story, one segment after the other. */
export interface SegmentKeys {
  readonly keys: readonly string[];
  /** By segment: index of its first key, and of the first one behind it. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Shorter segments may stand anywhere by chance. */
const FEWEST_KEYS = 3;

/**
 * For each key of the story the index of the one in the take that it became, or -1. Segments that
 * the take has whole are found first, so that no word of theirs is taken for one of a neighbour.
 */
export function matchSegments(story: SegmentKeys, take: readonly string[]): Int32Array {
  const { keys } = story;
  const matches = new Int32Array(keys.length).fill(-1);
  const keep = ({ oldAt, newAt, length }: Anchor) => {
    for (let offset = 0; offset < length; offset++) matches[oldAt + offset] = newAt + offset;
  };
  const anchors = wholeSegments(story, take);
  anchors.forEach(keep);
  for (const window of windowsBetween(anchors, { oldFrom: 0, oldTo: keys.length, newFrom: 0, newTo: take.length })) {
    const edges = segmentsAtEdges(story, take, window);
    edges.anchors.forEach(keep);
    matchKeys(keys, take, { matches, window: edges.rest });
  }
  dropStrays(story, matches);
  return matches;
}

/** A few words such as "the" say nothing: a segment that has found no more of itself has found nothing. */
function dropStrays({ ranges }: SegmentKeys, matches: Int32Array): void {
  for (const [from, to] of ranges) {
    const found = matches.subarray(from, to).reduce((count, match) => count + (match >= 0 ? 1 : 0), 0);
    if (found * 3 < to - from) matches.fill(-1, from, to);
  }
}

/** Segments whose words stand together once in the story and once in the take, in an order that both share. */
function wholeSegments({ keys, ranges }: SegmentKeys, take: readonly string[]): Anchor[] {
  const places = new Map<string, number[]>();
  const startOf = (list: readonly string[], at: number) => list.slice(at, at + FEWEST_KEYS).join(" ");
  for (let at = 0; at + FEWEST_KEYS <= take.length; at++) {
    const start = startOf(take, at);
    const known = places.get(start);
    if (known) known.push(at);
    else places.set(start, [at]);
  }
  const texts = ranges.map(([from, to]) => keys.slice(from, to).join(" "));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const found = ranges.flatMap(([from, to], index): [number, number][] => {
    if (to - from < FEWEST_KEYS || counts.get(texts[index]!)! > 1) return [];
    const [place, ...others] = (places.get(startOf(keys, from)) ?? []).filter((at) => stands(keys, take, { oldAt: from, newAt: at, length: to - from }));
    return place === undefined || others.length ? [] : [[index, place]];
  });
  const anchors = longestRise(found).map(([index, newAt]): Anchor => ({ oldAt: ranges[index]![0], newAt, length: ranges[index]![1] - ranges[index]![0] }));
  // Of two that overlap in the take, the first counts.
  return anchors.filter(({ newAt }, index) => index === 0 || newAt >= anchors[index - 1]!.newAt + anchors[index - 1]!.length);
}

function stands(keys: readonly string[], take: readonly string[], { oldAt, newAt, length }: Anchor): boolean {
  for (let offset = 0; offset < length; offset++) if (keys[oldAt + offset] !== take[newAt + offset]) return false;
  return true;
}

/** Whole segments from both edges of a window inwards, as long as each follows the last one. */
function segmentsAtEdges({ keys, ranges }: SegmentKeys, take: readonly string[], window: Window): { anchors: Anchor[]; rest: Window } {
  const inside = ranges.filter(([from, to]) => from < to && from >= window.oldFrom && to <= window.oldTo);
  const anchors: Anchor[] = [];
  let { oldFrom, oldTo, newFrom, newTo } = window;
  for (const [from, to] of inside) {
    const anchor = { oldAt: from, newAt: newFrom, length: to - from };
    if (newFrom + anchor.length > newTo || !stands(keys, take, anchor)) break;
    anchors.push(anchor);
    oldFrom = to;
    newFrom += anchor.length;
  }
  for (const [from, to] of inside.filter(([first]) => first >= oldFrom).reverse()) {
    const anchor = { oldAt: from, newAt: newTo - (to - from), length: to - from };
    if (anchor.newAt < newFrom || !stands(keys, take, anchor)) break;
    anchors.push(anchor);
    oldTo = from;
    newTo = anchor.newAt;
  }
  return { anchors, rest: { oldFrom, oldTo, newFrom, newTo } };
}
