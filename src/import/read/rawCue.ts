import type { Problem } from "../../core/problem.ts";
import type { TimeBasis } from "../transcript.ts";

/** A piece of text that the source times: a word, a part of one, or a character. Seconds. */
export interface TimedPiece {
  readonly text: string;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** What a transcriber says of how sure it is. */
export interface Confidence {
  readonly noSpeech?: number | undefined;
  readonly logProbability?: number | undefined;
  readonly compressionRatio?: number | undefined;
}

/** A cue as the source says it: times may run backwards, overlap, or be missing length. */
export interface RawCue {
  readonly start: number;
  readonly end: number;
  /** Without markup; may have several lines. */
  readonly text: string;
  readonly speaker?: string | undefined;
  readonly pieces?: readonly TimedPiece[] | undefined;
  readonly startsParagraph?: boolean | undefined;
  readonly confidence?: Confidence | undefined;
  /** From 0. */
  readonly line?: number | undefined;
}

/** What a reader of one format gives; with an error among its problems there is no transcript. */
export interface Reading {
  /** For people. */
  readonly format: string;
  readonly basis: TimeBasis;
  readonly cues: readonly RawCue[];
  readonly problems: readonly Problem[];
  readonly duration?: number | undefined;
  readonly language?: string | undefined;
  readonly title?: string | undefined;
}
