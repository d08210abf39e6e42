import type { OpenOptions, StoryDirector } from "../compose.ts";
import { StoryDirectorError } from "../core/errors.ts";
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
  readonly openStoryDirector: (options: OpenOptions) => Pick<StoryDirector, "direct" | "check" | "status">;
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
