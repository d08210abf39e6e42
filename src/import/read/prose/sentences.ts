const ABBREVIATIONS = new Set(
  ("mr mrs ms dr prof st sr jr vs no nos vol fig pp ed eds gen col sgt capt lt maj adm gov sen rep rev hon pres supt messrs mt ft dept univ approx est inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec " +
    "nr bzw ca vgl sog ggf evtl inkl exkl abs art hr fr dipl ing str tel mme mlle mm sra srta av avda núm pág dott sig").split(" "),
);

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
    const goesOn = isOpenEnd(open) || /^[\s\p{P}]{0,9}\p{Ll}/u.test(parts[index + 1] ?? "");
    if (!goesOn || open.length > LONGEST) {
      sentences.push(open);
      open = "";
    }
  }
  return joinClosers([...sentences, open].map((sentence) => sentence.trim()).filter(Boolean));
}

/** Whether what was cut here goes on: `Mr.`, `J.`, `e.g.`, `z. B.`, `3.`, or no mark at all. */
function isOpenEnd(text: string): boolean {
  const tail = text.slice(-40).trimEnd();
  if (!/[.!?…:;。！？｡"'”’»)\]」』]$/.test(tail)) return true;
  const word = /(?:^|[\s(“"‘«\u00A0])([\p{L}\p{N}.]+)\.$/u.exec(tail)?.[1];
  if (word === undefined) return false;
  // "I." ends a sentence now and then ("so am I."); initials are more often other letters.
  return ABBREVIATIONS.has(word.toLowerCase()) || /^(?:\p{L}\.)*(?!I$)\p{L}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
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
