/** Small words that run through every text of a language and few others. */
const COMMON_WORDS: Readonly<Record<string, string>> = {
  en: "the and of to was in that he she it with his her had they for is you not as",
  de: "der die das und ist nicht ein eine sich mit den von zu im auf war er sie es dem",
  fr: "le la les et des est une un dans que qui pas il elle pour sur au avec était ne",
  es: "el la los las y de que en un una es no por con para su se lo como del",
  it: "il la le di che e un una non per è con si gli della sono nel dei era da",
  pt: "o a os as de que e do da em um uma não com para se na no por dos",
  nl: "de het een en van is dat niet op te zijn met voor was er hij maar ook om zich",
  sv: "och att det som en på är av för med den till inte var han hon ett om men sig",
  da: "og at det som en på er af for med den til ikke var han hun et om men sig jeg",
  nb: "og at det som en på er av for med den til ikke var han hun et om men seg jeg",
  pl: "i w na nie się z do to że jest był jak po ale jego od co przez tak już",
  cs: "a v na se že je to z s do ale jako by jsem byl pro si když tak už",
  tr: "ve bir bu da de için ile çok ne o gibi daha ama olan kadar sonra var değil mi en",
};

/** Scripts that one language is mostly written in. */
const SCRIPTS: readonly (readonly [code: string, letters: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["th", /\p{Script=Thai}/gu],
];

const SAMPLE_LENGTH = 20_000;

/** Fewer of a language's small words than this say nothing. */
const FEWEST_WORDS = 3;

/**
 * The language of a text by its script and its small words: BCP 47, or undefined where neither
 * tells. A guess for a form to start from; nothing is decided by it.
 */
export function guessLanguage(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH).normalize("NFC").toLowerCase();
  const letterCount = count(sample, /\p{L}/gu);
  // Japanese mixes its own letters with Chinese ones, so a fifth of them tells.
  const script = SCRIPTS.find(([code, letters]) => count(sample, letters) > letterCount * (code === "ja" ? 0.1 : 0.3));
  if (script) return script[0];
  if (count(sample, /\p{Script=Cyrillic}/gu) > letterCount * 0.3) return /[іїєґ]/.test(sample) ? "uk" : "ru";
  return byCommonWords(sample.match(/\p{L}+/gu) ?? []);
}

function byCommonWords(words: readonly string[]): string | undefined {
  const scores = Object.entries(COMMON_WORDS).map(([code, list]) => {
    const known = new Set(list.split(" "));
    return { code, score: words.filter((word) => known.has(word)).length };
  });
  const [best, second] = scores.sort((a, b) => b.score - a.score);
  return best!.score >= FEWEST_WORDS && best!.score > second!.score ? best!.code : undefined;
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
