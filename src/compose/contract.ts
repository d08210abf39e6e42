import type { CastCommand } from "../core/cast/castCommands.ts";
import type { StorySettings } from "../core/documents/storyDocument.ts";
import type { SegmentView, StoryOutline } from "../core/outline.ts";
import type { Problem } from "../core/problem.ts";
import type { StateName } from "../core/segmentPlan.ts";
import type { Story } from "../core/story.ts";
import type { RetimeReport, RetimeRequest } from "../import/retake.ts";
import type { PictureRequest } from "../pipeline/editCast.ts";
import type { EditTimingOptions, TimingEditRequest, TimingReport } from "../pipeline/editTiming.ts";
import type { RunEvent } from "../pipeline/ports.ts";
import type { ProgressManager } from "../progress/progressManager.ts";
import type { RunSummary } from "../progress/runRecord.ts";
import type { BudgetAnswer, BudgetPause } from "../spending/budget.ts";
import type { RunEstimate } from "../spending/runEstimate.ts";

export interface DirectRequest {
  /** Positions (`3`, `7-9`) or ids: directed even when up to date. Absent: whatever is stale. */
  readonly segments?: readonly string[] | undefined;
  /** Direct everything, Extract Assets too, but for what a person has touched. */
  readonly all?: boolean | undefined;
  readonly overwriteEdits?: boolean | undefined;
  /** Finish what does not depend on a failure. */
  readonly keepGoing?: boolean | undefined;
  /** Replace the lock of another host. */
  readonly takeOver?: boolean | undefined;
  readonly batchSize?: number | undefined;
  readonly parallelBatches?: number | undefined;
  /** False stops after the assets, so that they can be looked through before anything else is paid for. */
  readonly script?: boolean | undefined;
  /** False draws no images of assets, whatever image model there is. */
  readonly images?: boolean | undefined;
}

export interface RunContext {
  readonly progress: ProgressManager;
  readonly signal: AbortSignal;
  /** Gets the very events that the run log keeps. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Why a segment must not be written now, such as unsaved changes in an editor. */
  readonly heldBack?: ((segmentId: string) => string | undefined) | undefined;
  /** Asked before a language model is; `false` ends the run with an AbortError, and nothing is spent. */
  readonly approve?: ((estimate: RunEstimate) => Promise<boolean>) | undefined;
  readonly budget?: RunBudget | undefined;
}

/** What a run may cost before it pauses, between segments, and asks. */
export interface RunBudget {
  /** US dollars. */
  readonly limitUsd: number;
  /** Where there is nobody to ask, the run stops with a BudgetError. */
  readonly ask?: ((pause: BudgetPause) => Promise<BudgetAnswer>) | undefined;
}

export interface CheckReport {
  readonly title?: string | undefined;
  readonly problems: readonly Problem[];
}

export interface SegmentStateLine {
  readonly id: string;
  /** Position in the story, from 0. */
  readonly index: number;
  readonly state: StateName;
  readonly why: string;
  /** Seconds. */
  readonly start: number;
  readonly seconds: number;
}

export interface StatusReport {
  readonly title: string;
  readonly segments: readonly SegmentStateLine[];
  readonly assets: number;
  readonly scenes: number;
}

/** All that can be done with one story. The command, the wizard and the terminal call the same `direct`. */
export interface StoryDirector {
  /** @throws {StoryDirectorError} with every problem found; an AbortError when stopped. What is saved stays saved. */
  direct(request: DirectRequest, context: RunContext): Promise<RunSummary>;
  /**
   * What `direct` would take with the same request; undefined where no language model directs.
   * Writes nothing and takes no lock. @throws {StoryDirectorError} where `direct` would stop, too
   */
  estimate(request: DirectRequest): Promise<RunEstimate | undefined>;
  /** Every problem of the story, in the order of the files. Writes nothing. */
  check(): Promise<CheckReport>;
  /** Every segment's state, and why. @throws {ProblemsError} where the story cannot be read */
  status(): Promise<StatusReport>;
  /** The story as it stands on disk. @throws {ProblemsError} */
  read(): Promise<Story>;
  /** The story without its segment files. @throws {ProblemsError} */
  outline(): Promise<StoryOutline>;
  /** One segment of the outline, as it stands on disk now. */
  segment(outline: StoryOutline, id: string): Promise<SegmentView>;
  /** The logs of earlier runs, oldest first. */
  runs(): Promise<string[]>;
  readRun(name: string): Promise<RunEvent[]>;
  clearRuns(): Promise<void>;
  /** Renames, merges, deletes, describes or illustrates an asset, in every document. @returns the paths that changed @throws {StoryDirectorError} */
  editCast(command: CastCommand): Promise<string[]>;
  /** Puts a picture of a person's in place of the asset's own. @returns the paths that changed @throws {StoryDirectorError} */
  replacePicture(request: PictureRequest): Promise<string[]>;
  /**
   * The settings of a story whose timing can be edited; asked before anything is paid for that an edit
   * needs. @throws {StoryDirectorError} where every such edit would be refused, such as in a newer version's story,
   * or in one that another process works on
   */
  requireEditable(options?: Pick<EditTimingOptions, "dryRun" | "takeOver">): Promise<StorySettings>;
  /** Splits, merges or retimes a segment, and hands its scene on. @throws {TimingEditError} where it cannot be done */
  editTiming(edit: TimingEditRequest, options?: EditTimingOptions): Promise<TimingReport>;
  /** Puts the story to the times of a new take of the voice, or tells what that would change. @throws {TimingEditError} */
  retime(request: RetimeRequest): Promise<RetimeReport>;
}
