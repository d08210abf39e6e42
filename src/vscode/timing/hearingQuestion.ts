import type { SoundFormat } from "../../import/read/bytes/binaryFormats.ts";
import type { Ear } from "../models/ears.ts";
import { soundSize } from "../models/soundSize.ts";
import type { Question } from "../spendingWords.ts";

/** A new take of the voice as sound. */
export interface TakeRecording {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format: SoundFormat;
  /** Length, where the recording says it. */
  readonly seconds: number | undefined;
}

/** Asked before anything of a recording is sent: what, to whom, and what it takes. */
export function hearingQuestion({ name, bytes, format, seconds }: TakeRecording, { told }: Pick<Ear, "told">): Question {
  return {
    message: `Have ${name} transcribed?`,
    detail: `${name} is ${format.name} (${soundSize(bytes, seconds).join(", ")}). It will be transcribed by ${told}.\n\nYou will be shown what changes in the story before anything does.`,
  };
}
