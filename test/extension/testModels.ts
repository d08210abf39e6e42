import { extensions, type CancellationToken } from "vscode";
import { answerToPrompt } from "../support/answerToPrompt.ts";

export interface ModelCall {
  readonly model: string;
  readonly prompt: string;
  readonly roles: readonly number[];
  readonly token: CancellationToken;
}

/** What fixtures/model-extension gives to tests. */
export interface TestModels {
  readonly calls: ModelCall[];
  answerWith(answer: (call: ModelCall, write: (text: string) => void) => Promise<void>): void;
}

export async function testModels(): Promise<TestModels> {
  return (await extensions.getExtension("story-director.test-models")!.activate()) as TestModels;
}

/** Writes what a well-behaved model writes, in pieces, as models do that were asked for JSON in words. */
export async function answerWell({ prompt }: Pick<ModelCall, "prompt">, write: (text: string) => void): Promise<void> {
  const text = `Here it is:\n\`\`\`json\n${answerToPrompt(prompt)}\n\`\`\``;
  for (let start = 0; start < text.length; start += 50) {
    write(text.slice(start, start + 50));
    if (start % 500 === 0) await new Promise(setImmediate);
  }
}
