import type { Narration, NarrationRequest, OpenOptions, StoryDirector } from "../compose.ts";
import { StoryDirectorError } from "../core/errors.ts";
import type { NewStory } from "../import/newStory.ts";
import type { TranscriptFile } from "../import/read/readTranscript.ts";
import type { DisplayOptions } from "./liveDisplay.ts";
import { readCapabilities, type Capabilities, type Environment, type OutputStream } from "./terminal.ts";
import { createTheme, type Theme } from "./theme.ts";

/** All that the commands need from the process around them. */
export interface CliHost {
  /** Without the program and the script. */
  readonly argv: readonly string[];
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly cwd: string;
  /** Version of Story Director. */
  readonly version: string;
  readonly clock: { now(): number };
  readonly schedule: DisplayOptions["schedule"];
  readonly openStoryDirector: (options: OpenOptions) => Pick<StoryDirector, "direct" | "estimate" | "check" | "status" | "retime" | "outline" | "requireEditable">;
  readonly createStory: (folder: string, story: NewStory) => Promise<void>;
  /** Rejects with a StorageError where it cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Reads texts itself; has sound transcribed by the provider of the request. */
  readonly readNarration: (file: TranscriptFile, request: NarrationRequest) => Promise<Narration>;
  /** Rejects with a StorageError where a story cannot be made in the folder. */
  readonly requireNewFolder: (folder: string) => Promise<unknown>;
  /** Rejects with a StorageError where something is at the path already. */
  readonly requireNewFile: (path: string) => Promise<void>;
  /** The same, and writes it otherwise. */
  readonly saveNewFile: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Asks whoever sits at the terminal; undefined where the input ends. Absent where nobody does. */
  readonly ask?: ((question: string, signal: AbortSignal) => Promise<string | undefined>) | undefined;
  /** Tells of Ctrl+C and its like; what it returns ends the subscription. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Ends the process without waiting for anything. */
  readonly exitNow: (code: number) => void;
}

/** Arguments that do not fit together. */
export class ProviderError extends StoryDirectorError {}

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export interface Printer {
  readonly capabilities: Capabilities;
  readonly theme: Theme;
  /** Each on a line of its own. */
  readonly print: (...lines: readonly string[]) => void;
}

export function printerFor(stream: OutputStream, { env, platform }: Pick<CliHost, "env" | "platform">): Printer {
  const capabilities = readCapabilities(stream, env, platform);
  const print = (...lines: readonly string[]) => void (lines.length && stream.write(`${lines.join("\n")}\n`));
  return { capabilities, theme: createTheme(capabilities), print };
}
