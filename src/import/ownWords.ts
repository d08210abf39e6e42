import { isError, type Problem } from "../core/problem.ts";
import { finishCues } from "./read/cues/finishCues.ts";
import { lettersOf } from "./read/cues/alignWords.ts";
import type { HeardWord } from "./read/json/cuesFromWords.ts";
import { alignToText, spellPart } from "./read/json/spellWords.ts";
import type { RawCue } from "./read/rawCue.ts";
import type { ReadTranscript } from "./read/readTranscript.ts";
import { clockOf, errorIn, excerpt, limitFindings, warningIn } from "./read/sourceText.ts";
import { takeWords } from "./takeWords.ts";
import type { Cue, Transcript } from "./transcript.ts";

export interface OwnWords {
  /** Names of the files, for people. */
  readonly file: string;
  readonly heardIn: string;
  readonly wordsPerMinute: number;
}

/** Findings on words that were heard, and are not told. */
const DOUBTS: ReadonlySet<string> = new Set<NonNullable<Cue["doubt"]>>(["known-phrase", "no-speech", "repeated", "sound"]);

/**
 * A person's own narration at the times at which it is said: each of its words gets the time of the word
 * that was heard there. What was heard otherwise is told as it is written; what is not written, not at all.
 * Words have times of their own only where those that were heard have.
 */
export function inOwnWords(text: Transcript, heard: Transcript, { file, heardIn, wordsPerMinute }: OwnWords): ReadTranscript {
  const own = (problem: Problem) => ({ problems: [problem] });
  if (text.basis === "aligned") return own(errorIn(file, { code: "has-times", message: `this is ${text.format}, which has times of its own`, hint: "Give the narration as plain text or Markdown, or make the story from this file alone." }));
  const words = takeWords(heard);
  const parts = alignToText(words.map(({ text: word, start, end, speaker }) => ({ text: word, start, end, speaker })), text.cues.map((cue) => cue.text).join(" "));
  const told = parts.flatMap((part) => (part.tokens.length ? spellPart(part) : []));
  const untimed = told.filter(({ start }) => start === undefined).length;
  if (untimed > told.length / 2) return own(errorIn(file, { code: "other-text", message: `this is not what is said in ${heardIn}: ${told.length - untimed} of its ${told.length} words were heard there`, hint: "Check that the two belong together; without the text, the story is told in the words that were heard." }));
  const isMeasured = words.some((word) => word.isMeasured);
  const { cues, problems: changed } = finishCues(timedCues(text.cues, told, isMeasured), { file, basis: heard.basis, wordsPerMinute });
  const unwritten = parts.flatMap((part) => (part.tokens.length ? [] : part.words));
  const problems = limitFindings([...heard.findings.filter(({ code }) => !DOUBTS.has(code)), ...text.findings, ...changed.filter(({ code }) => !DOUBTS.has(code)), ...differences({ untimed, unwritten, file, heardIn })]);
  if (problems.some(isError)) return { problems };
  const { basis, source, duration, timeCode, language = text.language } = heard;
  return { transcript: { format: `${heard.format}, in the words of ${file}`, basis, source, duration, timeCode, language, title: text.title, cues: cues.map(({ doubt: _doubt, ...cue }) => cue), findings: problems }, problems };
}

/** The sentences of the text with their times; one of which no word was heard gets what lies between its neighbours. */
function timedCues(cues: readonly Cue[], words: readonly HeardWord[], isMeasured: boolean): RawCue[] {
  const shared = shareOut(cues, words);
  const starts = shared.map((pieces) => pieces.find((word) => word.start !== undefined)?.start);
  const nexts = startsBehind(starts);
  let from = 0;
  return cues.map(({ text, speaker, startsParagraph, line }, index): RawCue => {
    const pieces = shared[index]!;
    const start = starts[index] ?? from;
    const end = pieces.findLast((word) => word.end !== undefined)?.end ?? nexts[index] ?? start;
    if (pieces.some((word) => word.end !== undefined)) from = end;
    const speakers = new Set(pieces.map((word) => word.speaker));
    return { start, end, text, speaker: speaker ?? (speakers.size === 1 ? pieces[0]!.speaker : undefined), startsParagraph, line, pieces: isMeasured ? pieces : undefined };
  });
}

/** For each cue the start of the next one that has any. */
function startsBehind(starts: readonly (number | undefined)[]): (number | undefined)[] {
  const nexts: (number | undefined)[] = [];
  let next: number | undefined;
  for (let index = starts.length - 1; index >= 0; index--) {
    nexts[index] = next;
    next = starts[index] ?? next;
  }
  return nexts;
}

/** The words of each cue, by its letters. */
function shareOut(cues: readonly Cue[], words: readonly HeardWord[]): HeardWord[][] {
  let at = 0;
  return cues.map(({ text }) => {
    const from = at;
    for (let missing = lettersOf(text).length; missing > 0 && at < words.length; at++) missing -= lettersOf(words[at]!.text).length;
    return words.slice(from, at);
  });
}

interface Differences extends Pick<OwnWords, "file" | "heardIn"> {
  /** How many words of the text were not heard. */
  readonly untimed: number;
  /** What was heard, and is not in the text. */
  readonly unwritten: readonly HeardWord[];
}

function differences({ untimed, unwritten, file, heardIn }: Differences): Problem[] {
  const isOne = untimed === 1;
  const estimated = `${untimed} ${isOne ? "word was" : "words were"} heard otherwise in ${heardIn}, or not at all; ${isOne ? "its time was" : "their times were"} estimated from the words around`;
  const [first] = unwritten;
  const left = first && `${unwritten.length === 1 ? "a word is" : `${unwritten.length} words are`} said in ${heardIn} that ${unwritten.length === 1 ? "is" : "are"} not in this text, from ${clockOf(first.start ?? 0)} on: “${excerpt(unwritten.map(({ text }) => text).join(" "))}”; the story is told without`;
  return [...(untimed ? [warningIn(file, { code: "words-estimated", message: estimated })] : []), ...(left ? [warningIn(file, { code: "unwritten-words", message: left })] : [])];
}
