import type { NewStory } from "../../import/newStory.ts";
import type { SoundFacts } from "../../import/readNarration.ts";
import type { StoryMaker } from "../engine.ts";
import type { Ear, UnheardSound } from "../models/ears.ts";
import type { FolderFacts } from "./checks.ts";
import type { KeptEdits } from "./plan.ts";
import type { Action, Form, HostMessage } from "./protocol.ts";

/** What narration is read from. `uri` is absent for a file that was dropped, and for text that was typed. */
export interface Source {
  readonly kind: "file" | "text";
  readonly name: string;
  readonly uri?: string | undefined;
  readonly bytes: Uint8Array;
  /** Set where a recording was transcribed: the bytes are what was heard in it, no longer the sound. */
  readonly heard?: SoundFacts | undefined;
}

/** All of the form that outlives its panel. */
export interface Draft {
  readonly revision: number;
  readonly form: Form;
  readonly edits: KeptEdits;
  readonly source: Omit<Source, "bytes"> | undefined;
}

export interface DraftStore {
  load(): Draft | undefined;
  save(draft: Draft): void;
  /** Bytes of the draft's source, where no file has them. */
  loadBytes(): Promise<Uint8Array | undefined>;
  saveBytes(bytes: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}

export interface Folders {
  /** Where `text` leads to; undefined where it is empty. */
  look(text: string): Promise<FolderFacts | undefined>;
  /** Whether a path without a beginning has a place to start from. */
  readonly hasBase: boolean;
  /** A folder that a person picks to put the story in; as the field shows it. */
  pick(name: string): Promise<string | undefined>;
}

export interface SourceFiles {
  pick(): Promise<string | undefined>;
  /** Rejects where the file cannot be read, or is too long. */
  read(uri: string): Promise<Source>;
  show(uri: string, line: number | undefined): Promise<void>;
}

export interface RunProgress {
  readonly settled: number;
  readonly total: number;
  readonly message: string;
}

/** Ways on from a story that is made. */
export type StoryAction = Extract<Action, "showProgress" | "openStory" | "openScript" | "openFolder">;

export interface DirectHow {
  /** Whether images of assets are drawn; as it is set where absent. */
  readonly images?: boolean | undefined;
  /** False ends the run with the assets. */
  readonly script?: boolean | undefined;
  readonly onProgress: (progress: RunProgress) => void;
}

/** What becomes of a story once it is made. */
export interface StoryActions {
  /** What directing it would take, in a few words. Never rejects. */
  estimate(story: NewStory): Promise<string>;
  create(path: string, story: NewStory): Promise<void>;
  /** Rejects as a run does. @returns the closing words */
  direct(path: string, how: DirectHow): Promise<string>;
  stop(path: string): void;
  perform(action: StoryAction, path: string): Promise<void>;
}

export interface WizardPorts {
  readonly loadMaker: () => Promise<StoryMaker>;
  readonly post: (message: HostMessage) => void;
  readonly drafts: DraftStore;
  readonly folders: Folders;
  readonly files: SourceFiles;
  readonly stories: StoryActions;
  /** Sends nothing. Rejects, with what to do, where nobody can transcribe. */
  readonly findEar: (sound: UnheardSound) => Promise<Ear>;
  /** Resolves when a person has chosen, or has not. */
  readonly chooseModel: () => Promise<void>;
  /** The address of a look's picture inside the page. */
  readonly imageOf: (lookId: string) => string;
  /** Whether runs draw images of assets where nobody says otherwise. */
  readonly drawsImages: () => boolean;
  readonly isTrusted: () => boolean;
  readonly manageTrust: () => void;
  /** How long nothing is typed before costs are estimated. */
  readonly estimatePauseMs: number;
  /** An error that nobody foresaw. */
  readonly onBug: (error: unknown) => void;
}
