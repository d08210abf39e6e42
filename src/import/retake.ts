import { TimingEditError } from "../core/errors.ts";
import type { EditTimingOptions, TimingEditor, TimingReport } from "../pipeline/editTiming.ts";
import { describeTakeChanges, type TakeChange } from "./align/takeChanges.ts";
import { alignTake, type AlignedTake } from "./alignTake.ts";
import type { Transcript } from "./transcript.ts";

/** `keepCopies` is not asked: a copy of what stood there always goes to the history. */
export interface RetimeRequest extends Omit<EditTimingOptions, "keepCopies"> {
  /** The new take of the voice. */
  readonly transcript: Transcript;
}

export interface RetimeReport extends TimingReport {
  readonly changes: readonly TakeChange[];
  /** `88 moved, 14 changed length, 6 changed text, 2 new, 1 unused`. */
  readonly summary: string;
}

export interface Retake extends AlignedTake, Pick<RetimeReport, "summary"> {}

/** With fewer segments, other words may well be the same story told anew. */
const FEWEST_SEGMENTS = 3;

/** Puts a story to the times of a new take. What is plainly no take of this story is refused. */
export function retakeEditor(transcript: Transcript): TimingEditor<Retake> {
  return ({ timing, settings }, isTaken) => {
    if (transcript.cues.length === 0) throw new TimingEditError("The new take has no words", { hint: "Give the file that holds what is said, with its times." });
    const aligned = alignTake(timing, transcript, { shotLength: settings.shotLength, isTaken });
    const spoken = new Set(timing.segments.filter(({ narration }) => narration.trim()).map(({ id }) => id));
    const changed = aligned.changes.filter(({ id, what }) => spoken.has(id) && (what === "text" || what === "unused"));
    if (spoken.size >= FEWEST_SEGMENTS && changed.length === spoken.size) {
      throw new TimingEditError("The new take has no segment of this story in it, word for word", { hint: "Check that it is the right file; for another narration, make a new story." });
    }
    return { ...aligned, summary: describeTakeChanges(aligned.changes) };
  };
}
