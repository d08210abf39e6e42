import { endsInShortForm } from "../shortForms.ts";
import type { TakeWord } from "../takeWords.ts";
import type { ShotLength } from "./stretches.ts";

/*
 * What a plan costs: its cuts by where they are, its shots by how long they are. The figures are
 * weighed so that a sentence is kept whole within the bounds, a clause is cut off rather than words
 * torn apart, and the bounds are broken only where words leave no other way.
 */
const CLAUSE = 4;
const CUE = 6;
const WORD = 12;
/** A name, or a word and what it governs. */
const TORN = 6;
/** A time inside a cue that nobody measured. */
const MADE_UP = 2;
/** Pauses of this length, in seconds, excuse a cut nearly as much as the end of a sentence does. */
const FULL_PAUSE = 1;
const SPEAKER_INSIDE = 60;
const PARAGRAPH_INSIDE = 5;
const AT_BOUNDS = 4;
const OUT_OF_BOUNDS = 10_000;

const CLOSING = String.raw`["'\u2019\u201d\u00bb)\]\u300d\u300f\uff09]*$`;
const SENTENCE_END = new RegExp(String.raw`[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]${CLOSING}`, "u");
const CLAUSE_END = new RegExp(String.raw`[,;:\u2013\u2014\u060c\u061b\u3001\uff0c\uff1b\uff1a]${CLOSING}`, "u");

/** What it costs to cut between two words of speech. */
export function cutCost(before: TakeWord, after: TakeWord): number {
  if (before.speaker !== after.speaker || after.startsParagraph) return 0;
  const isNewCue = before.cue !== after.cue;
  const isClauseEnd = CLAUSE_END.test(before.text) || (SENTENCE_END.test(before.text) && !endsInShortForm(before.text, after.text));
  const place = endsSentence(before.text, after.text) ? 0 : isClauseEnd ? CLAUSE : isNewCue ? CUE : belongTogether(before.text, after.text) ? WORD + TORN : WORD;
  const pause = Math.min(1, Math.max(0, after.start - before.end) / FULL_PAUSE);
  return place * (1 - 0.9 * pause) + (isNewCue || after.isMeasured ? 0 : MADE_UP);
}

/** `Ellen | Marsh`, `in the | square`. */
function belongTogether(before: string, after: string): boolean {
  return GOVERNS.test(before) || (/^\p{Lu}\p{Ll}+$/u.test(before) && /^\p{Lu}\p{Ll}/u.test(after));
}

const GOVERNS = /^(?:an?|the|of|to|in|on|at|by|for|from|with|into|her|his|its|their|my|our|your|and|or|very|der|die|das|ein|eine|im|am|zum|zur|le|la|les|un|une|de|du|el|los|las|del)$/i;

/** A sentence does not go on in small letters. */
export function endsSentence(text: string, next: string): boolean {
  return SENTENCE_END.test(text) && !endsInShortForm(text, next) && !/^[^\p{L}]*\p{Ll}/u.test(next);
}

/** What it costs to leave two words in one shot, though another speaks or a paragraph begins. */
export function joinCost(before: TakeWord, after: TakeWord): number {
  return before.speaker !== after.speaker ? SPEAKER_INSIDE : after.startsParagraph ? PARAGRAPH_INSIDE : 0;
}

/** What the length of a shot costs. */
export function lengthCost(seconds: number, { shortest, ideal, longest }: ShotLength): number {
  if (seconds < shortest - 1e-6) return OUT_OF_BOUNDS * (1 + (shortest - seconds) / shortest);
  if (seconds > longest + 1e-6) return OUT_OF_BOUNDS * (1 + (seconds - longest) / longest);
  const room = seconds < ideal ? ideal - shortest : longest - ideal;
  const distance = room > 0 ? (seconds - ideal) / room : 0;
  return AT_BOUNDS * distance * distance;
}
