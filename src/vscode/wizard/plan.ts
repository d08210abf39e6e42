import { describeFailure } from "../../core/errors.ts";
import type { PlannedEdit, PlannedSplice } from "../../import/plannedEdits.ts";
import type { PlannedSegment } from "../../import/planSegments.ts";
import type { StoryMaker } from "../engine.ts";
import type { HostMessage, ShownSegment } from "./protocol.ts";

/** Changes by hand, and the plan that they were made on. */
export interface KeptEdits {
  readonly key: string;
  readonly edits: readonly PlannedEdit[];
}

export function shownSegment({ start, end, narration }: PlannedSegment): ShownSegment {
  return { start, end, narration };
}

type ShownPlan = Omit<Extract<HostMessage, { type: "plan" }>, "type">;

export const NO_EDITS: KeptEdits = { key: "", edits: [] };

/**
 * The segments of a story to be: as they were planned, with a person's changes on top. Changes
 * belong to the plan they were made on; with another source or other lengths they are set aside,
 * and come back with it.
 */
export class Plan {
  #base: readonly PlannedSegment[] = [];
  #segments: PlannedSegment[] = [];
  #key = "";
  #kept: KeptEdits;
  #frameRate: number | undefined;

  constructor(kept: KeptEdits = NO_EDITS) {
    this.#kept = kept;
  }

  get segments(): readonly PlannedSegment[] {
    return this.#segments;
  }

  get kept(): KeptEdits {
    return this.#kept;
  }

  get shown(): ShownPlan {
    const waiting = this.#kept.key === this.#key ? 0 : this.#kept.edits.length;
    const changes = waiting === 1 ? "A change" : `${waiting} changes`;
    const note = waiting && this.#segments.length ? `${changes} made by hand fit other lengths or another source, and come back with them.` : "";
    return { segments: this.#segments.map(shownSegment), edits: this.editCount, note };
  }

  /** How many changes by hand are in the segments. */
  get editCount(): number {
    return this.#kept.key === this.#key ? this.#kept.edits.length : 0;
  }

  /** @param key Says what the segments were planned from. */
  replace(base: readonly PlannedSegment[], { key, frameRate, maker }: { key: string; frameRate: number | undefined; maker: StoryMaker }): void {
    this.#base = base;
    this.#key = key;
    this.#frameRate = frameRate;
    this.#replay(maker);
  }

  clear(): void {
    this.#base = [];
    this.#segments = [];
    this.#key = "";
  }

  /** @returns what changed, or why nothing did */
  edit(edit: PlannedEdit, maker: StoryMaker): PlannedSplice | { readonly refused: string } {
    try {
      const splice = maker.editPlanned(this.#segments, edit, this.#frameRate);
      this.#segments.splice(splice.at, splice.remove, ...splice.insert);
      const edits = this.#kept.key === this.#key ? this.#kept.edits : [];
      this.#kept = { key: this.#key, edits: [...edits, edit] };
      return splice;
    } catch (error) {
      const { message, hint, isExpected } = describeFailure(error);
      if (!isExpected) throw error;
      return { refused: [`${message}.`.replace(/\.\.$/, "."), hint].filter(Boolean).join(" ") };
    }
  }

  /** Takes the last change by hand back, or all of them. */
  undo(how: "last" | "all", maker: StoryMaker): void {
    if (this.editCount === 0) return;
    this.#kept = { key: this.#key, edits: how === "all" ? [] : this.#kept.edits.slice(0, -1) };
    this.#replay(maker);
  }

  #replay(maker: StoryMaker): void {
    this.#segments = [...this.#base];
    if (this.#kept.key !== this.#key) return;
    for (const [count, edit] of this.#kept.edits.entries()) {
      try {
        const splice = maker.editPlanned(this.#segments, edit, this.#frameRate);
        this.#segments.splice(splice.at, splice.remove, ...splice.insert);
      } catch {
        // Another version plans otherwise: what still fits is kept.
        this.#kept = { ...this.#kept, edits: this.#kept.edits.slice(0, count) };
        return;
      }
    }
  }
}
