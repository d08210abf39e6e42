/** A part of both texts: indexes of keys, ends excluded. */
export interface Window {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Up to this many pairs are compared one by one. */
const MOST_PAIRS = 4_000_000;
/** Where nothing sets two long texts apart, they are compared in pieces of this many keys. */
const PIECE = 1500;

/**
 * Finds for each old key the new one that it became, in an order that both texts share; whole runs
 * are preferred to as many single keys. `matches` gets the new index at the old one.
 */
export function matchKeys(old: readonly string[], fresh: readonly string[], { matches, window }: { matches: Int32Array; window: Window }): void {
  let { oldFrom, oldTo, newFrom, newTo } = window;
  while (oldFrom < oldTo && newFrom < newTo && old[oldFrom] === fresh[newFrom]) matches[oldFrom++] = newFrom++;
  while (oldFrom < oldTo && newFrom < newTo && old[oldTo - 1] === fresh[newTo - 1]) matches[--oldTo] = --newTo;
  if (oldFrom === oldTo || newFrom === newTo) return;
  const inner: Window = { oldFrom, oldTo, newFrom, newTo };
  if ((oldTo - oldFrom) * (newTo - newFrom) <= MOST_PAIRS) return matchAllPairs(old, fresh, { matches, window: inner });
  for (const part of splitWindow(old, fresh, inner)) matchKeys(old, fresh, { matches, window: part });
}

/** At keys that stand once in both parts, or else in even pieces. */
function splitWindow(old: readonly string[], fresh: readonly string[], window: Window): Window[] {
  const { oldFrom, oldTo, newFrom, newTo } = window;
  const inOld = singles(old, oldFrom, oldTo);
  const inNew = singles(fresh, newFrom, newTo);
  const pairs = [...inOld].flatMap(([key, at]): [number, number][] => (inNew.has(key) ? [[at, inNew.get(key)!]] : []));
  const anchors = longestRise(pairs.sort(([a], [b]) => a - b));
  if (anchors.length) return windowsBetween(anchors.map(([oldAt, newAt]) => ({ oldAt, newAt, length: 1 })), window, true);
  const count = Math.ceil(Math.max(oldTo - oldFrom, newTo - newFrom) / PIECE);
  const edge = (from: number, to: number, index: number) => from + Math.floor(((to - from) * index) / count);
  return Array.from({ length: count }, (_, index) => ({
    oldFrom: edge(oldFrom, oldTo, index),
    oldTo: edge(oldFrom, oldTo, index + 1),
    newFrom: edge(newFrom, newTo, index),
    newTo: edge(newFrom, newTo, index + 1),
  }));
}

export interface Anchor {
  readonly oldAt: number;
  readonly newAt: number;
  readonly length: number;
}

/** The parts between anchors. @param withAnchors Each anchor opens the part behind it, to be matched there */
export function windowsBetween(anchors: readonly Anchor[], { oldFrom, oldTo, newFrom, newTo }: Window, withAnchors = false): Window[] {
  const windows: Window[] = [];
  let oldAt = oldFrom;
  let newAt = newFrom;
  for (const anchor of anchors) {
    windows.push({ oldFrom: oldAt, oldTo: anchor.oldAt, newFrom: newAt, newTo: anchor.newAt });
    const skipped = withAnchors ? 0 : anchor.length;
    oldAt = anchor.oldAt + skipped;
    newAt = anchor.newAt + skipped;
  }
  return [...windows, { oldFrom: oldAt, oldTo, newFrom: newAt, newTo }];
}

/** The keys that stand once between the indexes, and where. */
function singles(keys: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let index = from; index < to; index++) places.set(keys[index]!, places.has(keys[index]!) ? -1 : index);
  for (const [key, place] of places) if (place < 0) places.delete(key);
  return places;
}

/** The longest selection in which the second numbers rise, too; the first ones rise already. */
export function longestRise(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  });
  const rise: (readonly [number, number])[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) rise.push(pairs[index]!);
  return rise.reverse();
}

/** A match counts 2, and 3 where it goes on a run: `best` is for any end at the pair, `run` for a match there. */
function matchAllPairs(old: readonly string[], fresh: readonly string[], { matches, window }: { matches: Int32Array; window: Window }): void {
  const { oldFrom, oldTo, newFrom, newTo } = window;
  const width = newTo - newFrom + 1;
  const height = oldTo - oldFrom + 1;
  const best = new Int32Array(width * height);
  const run = new Int32Array(width * height);
  for (let row = 1; row < height; row++) {
    for (let column = 1; column < width; column++) {
      const at = row * width + column;
      const diagonal = at - width - 1;
      if (old[oldFrom + row - 1] === fresh[newFrom + column - 1]) {
        run[at] = Math.max(best[diagonal]! + 2, run[diagonal]! > 0 ? run[diagonal]! + 3 : 0);
      }
      best[at] = Math.max(best[at - 1]!, best[at - width]!, run[at]!);
    }
  }
  let row = height - 1;
  let column = width - 1;
  let inRun = false;
  while (row > 0 && column > 0) {
    const at = row * width + column;
    if (inRun || (run[at] === best[at] && run[at]! > 0)) {
      matches[oldFrom + row - 1] = newFrom + column - 1;
      const diagonal = at - width - 1;
      inRun = run[diagonal]! > 0 && run[at] === run[diagonal]! + 3;
      row--;
      column--;
    } else if (best[at] === best[at - width]) row--;
    else column--;
  }
}
