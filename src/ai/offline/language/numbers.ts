const NUMBER_WORDS = new Map("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(" ").map((word, index) => [word, index + 1]));
for (const [index, word] of "thirty forty fifty sixty seventy eighty ninety".split(" ").entries()) NUMBER_WORDS.set(word, (index + 3) * 10);

/** `nine`, `42`, `seventy-two`; undefined where the word is no number up to 999. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const [tens, ones] = word.split("-");
  const first = NUMBER_WORDS.get(tens ?? "");
  return first === undefined ? undefined : first + (NUMBER_WORDS.get(ones ?? "") ?? 0);
}
