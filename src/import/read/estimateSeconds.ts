/**
 * How long it takes to say a text: its words by the words per minute, the pauses of speech included,
 * so that a whole text has the pace that was asked for. Where a script has no spaces, characters are
 * counted: about as many a minute as speakers of those languages say in the time of 150 English words.
 */
export function estimateSeconds(text: string, wordsPerMinute: number): number {
  return (countSpokenWords(text) * 60) / paceOf(wordsPerMinute);
}

/** Words, and what stands for them in scripts without spaces; not a whole number there. */
export function countSpokenWords(text: string): number {
  let count = 0;
  let rest = text;
  for (const { script, perWord } of UNSPACED) {
    const found = rest.match(script)?.length ?? 0;
    if (found === 0) continue;
    count += found / perWord;
    rest = rest.replace(script, " ");
  }
  return count + rest.split(/[\s–—/]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Characters that are said in the time of one English word. */
const UNSPACED = [
  { script: /[\p{Script=Hiragana}\p{Script=Katakana}ー]/gu, perWord: 2.4 },
  { script: /\p{Script=Han}/gu, perWord: 1.7 },
  { script: /(?=\p{L})[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu, perWord: 5 },
] as const;

/** Speech slower or faster than this is a slip of the keyboard. */
function paceOf(wordsPerMinute: number): number {
  if (!Number.isFinite(wordsPerMinute)) return 150;
  return Math.min(600, Math.max(20, wordsPerMinute));
}
