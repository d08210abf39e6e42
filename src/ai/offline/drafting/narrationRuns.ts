/** As many words in a row from the narration, and a model would speak or paint them. */
const LONGEST_RUN = 4;

/** Whether a text repeats more of the narration's words in a row than a place phrase may. */
export function leaksNarration(text: string, words: readonly string[]): boolean {
  const told = ` ${words.map(plain).join(" ")} `;
  const own = (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).map(plain);
  return own.some((_word, index) => index + LONGEST_RUN < own.length && told.includes(` ${own.slice(index, index + LONGEST_RUN + 1).join(" ")} `));
}

function plain(word: string): string {
  return word.replace(/-/g, " ");
}
