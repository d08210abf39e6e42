const ABBREVIATIONS = new Set(
  ("mr mrs ms dr prof st sr jr vs pp ed eds gen col sgt capt lt maj adm gov sen rep rev hon pres supt messrs mt ft dept univ approx est inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec " +
    "bzw ca vgl sog ggf evtl inkl exkl abs hr fr dipl ing str tel mme mlle mm sra srta av avda núm pág dott sig").split(" "),
);

/** Short forms before a number, and words of their own elsewhere: `No. 5`, but `No.` */
const BEFORE_NUMBERS = new Set("no nos nr vol fig art".split(" "));

/** Whether the full stop that a text ends with belongs to its last word: `Mr.`, `J.`, `e.g.`, `z.B.`. @param next What follows */
export function endsInShortForm(text: string, next: string): boolean {
  const word = /(?:^|[\s(“"‘'«\u00A0])([\p{L}\p{N}.]+)\.$/u.exec(text)?.[1];
  if (word === undefined) return false;
  // "I." ends a sentence now and then ("so am I."); initials are more often other letters.
  if (BEFORE_NUMBERS.has(word.toLowerCase())) return /^\s*\p{N}/u.test(next);
  return ABBREVIATIONS.has(word.toLowerCase()) || /^(?:\p{L}\.)*(?!I$)\p{L}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
}
