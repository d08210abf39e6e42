import type { DirectorChoice, ModelAddress, ModelReport, Narration, NarrationRequest, OpenOptions, RunEstimate, SharedCalls, StoryDirector } from "../compose.ts";
import type { NewStory } from "../import/newStory.ts";
import type { OwnWords } from "../import/ownWords.ts";
import type { PlannedEdit, PlannedSplice } from "../import/plannedEdits.ts";
import type { PlannedSegment, PlanOptions } from "../import/planSegments.ts";
import type { SoundFormat } from "../import/read/bytes/binaryFormats.ts";
import type { ReadOptions, ReadTranscript, TranscriptFile } from "../import/read/readTranscript.ts";
import type { SoundFacts } from "../import/readNarration.ts";
import type { Transcript } from "../import/transcript.ts";

/** The part of the program that works on stories. It is big, so it is loaded on first use. */
export interface Engine extends StoryMaker {
  readonly openStoryDirector: (options: OpenOptions) => StoryDirector;
  readonly createSharedCalls: () => SharedCalls;
  readonly addressOf: (baseUrl?: string) => ModelAddress;
  /** An id of the name that is not taken, or the fallback. */
  readonly freeId: (name: string, fallback: string, taken: ReadonlySet<string>) => string;
  /** @throws {StorageError} */
  readonly readSource: (path: string) => Promise<Uint8Array>;
  readonly testModel: (choice: DirectorChoice, signal: AbortSignal) => Promise<ModelReport>;
  /** Reads text itself; has sound transcribed by the request's provider. */
  readonly readNarration: (file: TranscriptFile, request: NarrationRequest) => Promise<Narration>;
}

/** What new stories are made with. */
export interface StoryMaker {
  readonly readTranscript: (file: TranscriptFile, options: ReadOptions) => ReadTranscript;
  /** Undefined where the bytes are no recording, nor a video. */
  readonly soundIn: (bytes: Uint8Array) => SoundFormat | undefined;
  /** Undefined where the recording does not say it. */
  readonly soundSeconds: (bytes: Uint8Array) => number | undefined;
  /** What was heard in a recording, read again. */
  readonly readHeard: (answer: TranscriptFile, facts: SoundFacts, options: Pick<ReadOptions, "wordsPerMinute">) => ReadTranscript;
  /** A person's own narration at the times at which it was heard. */
  readonly inOwnWords: (text: Transcript, heard: Transcript, options: OwnWords) => ReadTranscript;
  /** With the time before the first words, where it was taken for a time code. */
  readonly withTimeCodes: (transcript: Transcript) => Transcript;
  readonly planSegments: (transcript: Transcript, options: PlanOptions) => PlannedSegment[];
  readonly titleOfFile: (name: string) => string;
  readonly proseOfTranscript: (transcript: Transcript) => string | undefined;
  /** @throws {TimingEditError} */
  readonly editPlanned: (segments: readonly PlannedSegment[], edit: PlannedEdit, frameRate?: number) => PlannedSplice;
  /** Undefined where no language model directs. */
  readonly estimateNewStory: (story: NewStory, options: Omit<OpenOptions, "folder"> & { readonly batchSize?: number | undefined }) => RunEstimate | undefined;
  /** @throws {StoryDirectorError} Nothing new stands there then. */
  readonly createStory: (folder: string, story: NewStory) => Promise<void>;
}

export type LoadEngine = () => Promise<Engine>;
