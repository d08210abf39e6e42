import type { TextModel } from "../../src/pipeline/ports.ts";

export interface FakeTextModelOptions {
  readonly name?: string;
  readonly vendor?: string;
  readonly maxInputTokens?: number;
  readonly countTokens?: () => Promise<number>;
}

export interface FakeTextModel extends TextModel {
  readonly prompts: readonly string[];
  /** Calls whose text is still wanted. */
  readonly open: number;
}

/** What is written for one prompt, in pieces; it may throw, or wait for the signal. */
export type Writing = (prompt: string, signal: AbortSignal, call: number) => AsyncIterable<string> | Iterable<string>;

/** A text model that writes what the script says. */
export function createFakeTextModel(script: Writing, { name = "vscode/test/model-1", vendor = "vscode:test", maxInputTokens, countTokens = () => Promise.resolve(1) }: FakeTextModelOptions = {}): FakeTextModel {
  const prompts: string[] = [];
  let open = 0;
  return {
    name,
    label: "Model One (Test)",
    vendor,
    maxInputTokens,
    prompts,
    get open() {
      return open;
    },
    countTokens,
    async *write(prompt, signal) {
      const call = prompts.push(prompt) - 1;
      open++;
      signal.addEventListener("abort", () => open--, { once: true });
      yield* script(prompt, signal, call);
    },
  };
}

/** As VS Code's LanguageModelError looks, whose class is only there inside VS Code. */
export function chatError(code: string, message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = "LanguageModelError";
  return Object.assign(error, { code });
}
