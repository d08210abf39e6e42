/** FNV-1a, 32 bits: spreads names over palettes; the same name always gets the same choice. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // The low bits of FNV are weak for short texts, so the high ones are folded in.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** One of the choices, by the seed alone. */
export function pick<T>(list: readonly T[], seed: string): T {
  const choice = list[hashText(seed) % list.length];
  if (choice === undefined) throw new RangeError("nothing to pick from");
  return choice;
}
