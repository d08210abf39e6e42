import type { ZodType } from "zod";
import type { TokenUsage } from "../core/cost.ts";
import type { AssetContent } from "../core/documents/assetDocument.ts";
import type { SceneContent } from "../core/documents/scenePlanDocument.ts";
import type { RawSection } from "../core/documents/segmentDocument.ts";
import type { ImageType } from "../core/imageType.ts";
import type { SegmentRange } from "../core/extractionPlan.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import type { Output } from "../core/outputs.ts";
import type { Problem } from "../core/problem.ts";
import type { SegmentDraft } from "../core/segmentDraft.ts";
import type { Story } from "../core/story.ts";
import type { ProductionSegment } from "../core/validateSegment.ts";

/** An asset as a director describes it; `id` is the name that its tag and file get. */
export interface AssetDraft extends AssetContent {
  readonly id: string;
}

/** What Extract Assets found in the narration of the ranges it was asked for. */
export interface Extraction {
  readonly assets: readonly AssetDraft[];
  /** In the order of the map; the first scene of each range starts where the range does. */
  readonly scenes: readonly SceneContent[];
}

/** What a director is shown: the story without late assets, so that no draft depends on what else ran. */
export type StoryBrief = Pick<Story, "settings" | "style" | "research" | "timing" | "scenes" | "assets"> & {
  /** What a person ordered in a segment's DIRECTION, by id. */
  readonly directions: ReadonlyMap<string, string>;
};

export interface MissingAsset {
  /** `maria` or, where only the state is missing, `maria/old`. */
  readonly tag: string;
  /** Every narration line that mentions it, in the order of the story. */
  readonly lines: readonly string[];
  /** What stands of it where only the state is missing; also of a late asset, which no brief shows. */
  readonly existing?: AssetContent | undefined;
}

export interface OptimizeRequest {
  readonly segmentId: string;
  /** The sections of `rawVisualPrompt`: all that a final may be made from. */
  readonly raw: ReadonlyMap<RawSection, string>;
  readonly output: Output;
}

export interface FaultyDraft {
  readonly draft: SegmentDraft;
  readonly problems: readonly Problem[];
}

/**
 * Who writes drafts. Contract:
 * - what it gives depends on its arguments alone, never on clock, chance, or which ids are asked for together
 * - every call may be aborted; it then rejects with an AbortError
 * - `extractAssets`, shown assets that it found before, finds the same ones again under the same ids
 */
export interface Director {
  /** Provenance, e.g. `offline`; it makes nothing stale. */
  readonly name: string;
  extractAssets(story: StoryBrief, ranges: readonly SegmentRange[], signal: AbortSignal): Promise<Extraction>;
  /** Drafts of the wanted ids, each as soon as it is whole, in any order. */
  draftSegments(story: StoryBrief, ids: readonly string[], signal: AbortSignal): AsyncIterable<SegmentDraft>;
  describeAsset(story: StoryBrief, missing: MissingAsset, signal: AbortSignal): Promise<AssetContent>;
  /** The final prompt: every tag replaced by its look, within the limits of the output's profile. */
  optimizePrompt(request: OptimizeRequest, signal: AbortSignal): Promise<string>;
  /** One more try at a draft whose tags are unknown; absent where there is none to be had. */
  repairDraft?(story: StoryBrief, faulty: FaultyDraft, signal: AbortSignal): Promise<SegmentDraft>;
}

/** What a language model is asked. The parts are sent in this order, so that what never changes comes first. */
export interface ModelRequest {
  /** Drafting needs the better model, optimizing is done by the cheaper one. */
  readonly role: "director" | "optimizer";
  /** Rules: byte-identical for every call of this kind. */
  readonly system: string;
  /** The story: byte-identical for every call of one run; a cache breakpoint belongs behind it. */
  readonly context: string;
  /** What is wanted this time. */
  readonly instruction: string;
  /** Name and schema of the JSON that is wanted; a plain object schema, the same for every call of this kind. */
  readonly answer: { readonly name: string; readonly schema: ZodType };
  readonly maxOutputTokens: number;
  /** Groups calls that share their beginning, for providers that cache by key. */
  readonly cacheKey: string;
}

/** How an answer ended. Whatever came before stands, also when it ended badly. */
export type ModelOutcome = "completed" | "truncated" | "refused" | "filtered";

export type ModelEvent =
  | { readonly type: "text"; readonly delta: string }
  | { readonly type: "end"; readonly outcome: ModelOutcome; readonly model: string; readonly usage?: TokenUsage | undefined };

/** A call to a model that waits before it goes out. */
export interface ModelWait {
  /** For people, e.g. `api.openai.com`. */
  readonly host: string;
  /** In a few words: `rate limit`, `answered 500`. */
  readonly why: string;
  /** Milliseconds since 1970. */
  readonly untilMs: number;
}

/**
 * A language model. The stream gives text as it is written, then exactly one `end`. It rejects with
 * an AbortError when stopped and with a StoryDirectorError that names the host and the way out
 * otherwise: failed, disconnected, stalled, key refused, quota spent. What asking again cannot mend has
 * `endsRun`, and ends the run at once, whatever was to keep going.
 */
export interface LanguageModel {
  /** Provenance, e.g. `openai/gpt-6.1-terra`. */
  readonly name: string;
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/**
 * A language model that takes text and gives text, with no mode for schemas: what an editor offers
 * of the models that its user has there. What it rejects with may be anything; a `code` such as
 * `NoPermissions` tells more.
 */
export interface TextModel {
  /** Provenance, e.g. `vscode/copilot/gpt-6-terra`. */
  readonly name: string;
  /** For people, e.g. `GPT-6 Terra (Copilot)`. */
  readonly label: string;
  /** Whose limits count its calls, e.g. `vscode:copilot`: all models of one vendor are paused together. */
  readonly vendor: string;
  /** Tokens that one request may have; undefined where nobody says so. */
  readonly maxInputTokens: number | undefined;
  countTokens(text: string, signal: AbortSignal): Promise<number>;
  /** Text as it is written. */
  write(prompt: string, signal: AbortSignal): AsyncIterable<string>;
}

export interface ImageFile {
  readonly bytes: Uint8Array;
  readonly type: ImageType;
}

export interface ImageRequest {
  readonly prompt: string;
  /** `1536x1024`; what the model does by itself where absent. */
  readonly size?: string | undefined;
  /** `low`, `medium`, `high`; what the model does by itself where absent. */
  readonly quality?: string | undefined;
  /** A picture to draw from. */
  readonly reference?: ImageFile | undefined;
}

export interface ImageUsage extends TokenUsage {
  /** Of the input tokens, those of the reference; they have a price of their own. */
  readonly imageInputTokens?: number | undefined;
}

export interface MadeImage extends ImageFile {
  /** The one that answered. */
  readonly model: string;
  readonly usage?: ImageUsage | undefined;
}

/** An image model. */
export interface ImageMaker {
  /** Provenance, e.g. `openai/gpt-image-2.6-flare`. */
  readonly name: string;
  /**
   * One image, whole. Rejects with an AbortError when stopped, and with a StoryDirectorError that
   * names the host and the way out otherwise: refused, failed, key refused, quota spent.
   */
  make(request: ImageRequest, signal: AbortSignal): Promise<MadeImage>;
  /** Whether every further image would fail as this one did: the key is refused, the quota spent, the server makes no images. */
  isHopeless(error: unknown): boolean;
}

/** `changed`: somebody else changed the file since the run read it; nothing was written. */
export type SaveOutcome = "saved" | "changed";

export interface LockOptions {
  /** Replace the lock of another host, whose owner cannot be asked. */
  readonly takeOver: boolean;
}

/** A line of a run log; also what `--json` prints. Keys beyond `event` depend on it. */
export type RunEvent = { readonly event: string; readonly [key: string]: unknown };

export interface RunLog {
  /** Name of the log inside the folder of runs. */
  readonly name: string;
  append(event: RunEvent): void;
  /** Resolves when every line is down. */
  close(): Promise<void>;
}

/**
 * The files of one story. Paths are those of `storyFolder.ts`. Writes are atomic: the old content
 * or the new one stands, never a part. Every method rejects with a StorageError that names the file,
 * but for run logs: a log that cannot be written is dropped, and fails no run.
 */
export interface StoryStore {
  /** Where the story is, for people. */
  readonly location: string;
  /** @param parts `outline` leaves the segment files out. */
  readAll(parts?: "all" | "outline"): Promise<{ readonly texts: StoryTexts; readonly problems: readonly Problem[] }>;
  /** Undefined where there is no such file. */
  readText(path: string): Promise<string | undefined>;
  isReadable(path: string): Promise<boolean>;
  /** Makes the machine's folder, sweeps left-over temporaries. @throws {StoryHeldError} */
  lock(options: LockOptions): Promise<{ release(): Promise<void> }>;
  saveSegment(segment: ProductionSegment): Promise<SaveOutcome>;
  /** @param previousText What the run read; undefined for a new file. */
  saveAsset(id: string, text: string, previousText: string | undefined): Promise<SaveOutcome>;
  /**
   * Saves a new image beside the assets; what stands there is never replaced.
   * @returns its name inside the folder of assets: `maria-old.png`, or the next that is free, `maria-old-2.png`
   */
  saveImage(tag: string, image: ImageFile): Promise<string>;
  /** The bytes of an image that an asset names; undefined where there is no such file. */
  readImage(file: string): Promise<Uint8Array | undefined>;
  saveScenePlan(text: string, previousText: string | undefined): Promise<SaveOutcome>;
  /** Writes a document that a person's command changed; runs have the methods above. */
  saveDocument(path: string, text: string, previousText: string | undefined): Promise<SaveOutcome>;
  /** Takes a document away that a person's command took out; a copy goes to the history first. */
  removeDocument(path: string, previousText: string): Promise<SaveOutcome>;
  /** Copies a file to the history before a run writes over a person's words. */
  keepCopy(path: string): Promise<void>;
  /**
   * Keeps what a model answered before the run failed, in a new file beside the newest ones.
   * @param about The segment's id, or the tag, that it failed at.
   * @returns The file's path inside the story folder.
   */
  keepFailure(about: string, text: string): Promise<string>;
  /** Renames a damaged file to `<name>.damaged`. */
  setAside(path: string): Promise<void>;
  startRunLog(): Promise<RunLog>;
  /** Names of the run logs, oldest first. */
  listRuns(): Promise<string[]>;
  readRun(name: string): Promise<RunEvent[]>;
  /** Deletes the run logs. */
  clearRuns(): Promise<void>;
}

export type TaskState = "waiting" | "running" | "done" | "up to date" | "skipped" | "failed" | "cancelled";

export type TaskKind = "story" | "phase" | "batch" | "segment" | "step";

export interface PlannedTask {
  readonly id: string;
  readonly label: string;
  readonly kind: TaskKind;
  /** What waits inside it, so that counts are right from the start. */
  readonly children?: readonly PlannedTask[];
}

/**
 * A node of the progress tree. Progress is the call tree: a node runs while the work handed to
 * `run` does, and nobody starts or ends one by hand.
 */
export interface ProgressTask {
  /** Shows what waits, in this order. */
  plan(children: readonly PlannedTask[]): void;
  /** Runs a planned child: done when the work resolves, failed (or cancelled) when it rejects, which is passed on. */
  run<T>(id: string, work: (task: ProgressTask) => Promise<T>): Promise<T>;
  /** What the node is doing; the last word stays when it is done. */
  say(step: string): void;
  /** What the node waits for at this moment; undefined takes it away. It is shown, and kept in no log. */
  note(text: string | undefined): void;
  /** Settles a child without running it, or a running one other than as done. */
  mark(id: string, state: "up to date" | "skipped", reason?: string): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** As setTimeout; what it returns cancels. */
export type Schedule = (work: () => void, delayMs: number) => () => void;

/** Words for the developer's log: never a key, never the story's text. */
export interface Log {
  info(message: string): void;
  error(message: string, error?: unknown): void;
}

/** A sound whose words are wanted. */
export interface SpokenSound {
  /** What people call the file; it is not sent. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of files of its kind: `mp3`. */
  readonly ending: string;
  /** BCP 47, where it is known. */
  readonly language?: string | undefined;
}

/** Writes down what is said. It may be stopped, and rejects with an AbortError then. */
export interface Transcriber {
  /** E.g. `openai/whisper-1`. */
  readonly name: string;
  /** The transcriber's own answer, as a file that narration is read from. @throws {StoryDirectorError} that says what to do */
  transcribe(sound: SpokenSound, signal: AbortSignal): Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
}
