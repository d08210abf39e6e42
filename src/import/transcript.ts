import type { TimesSource } from "../core/documents/timingMapDocument.ts";
import type { Problem } from "../core/problem.ts";

/** A spoken word; seconds from the start of the sound. */
export interface TimedWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A run of speech with its time, as a subtitle cue or a transcribed sentence; seconds. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  /** Plain text on one line: no markup, entities resolved. */
  readonly text: string;
  readonly speaker?: string | undefined;
  /** Where the source times words: all words of `text`, in its order. */
  readonly words?: readonly TimedWord[] | undefined;
  /** Set where a paragraph of the source begins with this cue. */
  readonly startsParagraph?: true | undefined;
  /** Why this may not be narration; a finding with the same code says more. The person decides. */
  readonly doubt?: CueDoubt | undefined;
  /** Line of the source that it stands on, from 0. */
  readonly line?: number | undefined;
}

/**
 * `known-phrase`: what transcribers write into silence; `no-speech`: the transcriber itself doubts
 * that somebody speaks; `repeated`: the same words again and again; `sound`: a sound, not speech.
 */
export type CueDoubt = "known-phrase" | "no-speech" | "repeated" | "sound";

/** `estimated`: the times were made up from the length of the text. */
export type TimeBasis = "aligned" | "estimated";

/** Narration with times, whatever it was read from. Cues are in the order of time and do not overlap. */
export interface Transcript {
  /** What it was read as, for people: `SubRip subtitles`, `Whisper JSON`. */
  readonly format: string;
  readonly basis: TimeBasis;
  /** As a story keeps it. */
  readonly source?: TimesSource | undefined;
  readonly cues: readonly Cue[];
  /** Length of the sound, where the source says so; seconds. */
  readonly duration?: number | undefined;
  /** Where the source counts from another time than 0: the time that the story starts at there, taken off all cues; seconds. */
  readonly timeCode?: number | undefined;
  /** What the source calls itself. */
  readonly title?: string | undefined;
  /** BCP 47, where the source says so. */
  readonly language?: string | undefined;
  /**
   * What a person has to know or decide, each at its line of the source: cues that seem to be made
   * up by the transcriber, cues without text, overlaps that were resolved. Nothing is dropped silently.
   */
  readonly findings: readonly Problem[];
}
