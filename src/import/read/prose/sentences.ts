import { endsInShortForm } from "../../shortForms.ts";

/** Longer pieces are cut at blanks before they are looked at, so that a text without any end is read in pieces. */
const LONGEST = 4000;

const SEGMENTER = new Intl.Segmenter("en", { granularity: "sentence" });

/** The sentences of a paragraph that stands on one line; what was there is there again, but for blanks at the ends. */
export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = [];
  let open = "";
  const parts = chunksOf(paragraph).flatMap((chunk) => [...SEGMENTER.segment(chunk)].map(({ segment }) => segment));
  for (const [index, part] of parts.entries()) {
    open += part;
    // "“Really?” she asked." is one sentence: none begins with a small letter.
    const next = parts[index + 1] ?? "";
    const goesOn = isOpenEnd(open, next) || /^[\s\p{P}]{0,9}\p{Ll}/u.test(next);
    if (!goesOn || open.length > LONGEST) {
      sentences.push(open);
      open = "";
    }
  }
  return joinClosers([...sentences, open].map((sentence) => sentence.trim()).filter(Boolean));
}

/** Whether what was cut here goes on: `Mr.`, `J.`, `e.g.`, `z. B.`, `3.`, or no mark at all. */
function isOpenEnd(text: string, next: string): boolean {
  const tail = text.slice(-40).trimEnd();
  if (!/[.!?…:;。！？｡"'”’»)\]」』]$/.test(tail)) return true;
  return endsInShortForm(tail, next);
}

/** A quotation mark or bracket that closes belongs to the sentence before it. */
function joinClosers(sentences: readonly string[]): string[] {
  const joined: string[] = [];
  for (const sentence of sentences) {
    if (joined.length && !/[\p{L}\p{N}]/u.test(sentence)) joined[joined.length - 1] = `${joined.at(-1)} ${sentence}`;
    else if (joined.length === 1 && !/[\p{L}\p{N}]/u.test(joined[0]!)) joined[0] = `${joined[0]} ${sentence}`;
    else joined.push(sentence);
  }
  return joined;
}

function chunksOf(paragraph: string): string[] {
  const chunks: string[] = [];
  let at = 0;
  while (paragraph.length - at > LONGEST) {
    const blank = paragraph.lastIndexOf(" ", at + LONGEST);
    const end = blank > at + LONGEST / 2 ? blank + 1 : at + LONGEST;
    chunks.push(paragraph.slice(at, end));
    at = end;
  }
  return [...chunks, paragraph.slice(at)];
}
