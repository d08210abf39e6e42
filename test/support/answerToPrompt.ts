import type { ModelRequest } from "../../src/pipeline/ports.ts";
import { wellBehaved } from "./fakeLanguageModel.ts";

const NAMES = [
  ["Write the draft", "drafts"],
  ["Write the prompt", "final_prompt"],
  ["List the assets", "extraction"],
  ["Describe @", "asset"],
] as const;

/** What a well-behaved model answers to the whole text of a request. */
export function answerToPrompt(prompt: string): string {
  return wellBehaved(requestIn(prompt));
}

/** As much of a request as answers depend on: the last of its instructions is what is wanted. */
export function requestIn(prompt: string): ModelRequest {
  const starts = [...prompt.matchAll(/^(?:Write the (?:drafts?|prompt)|List the assets|Describe @)/gm)];
  const instruction = prompt.slice(starts.at(-1)?.index ?? 0);
  const name = NAMES.find(([beginning]) => instruction.startsWith(beginning))?.[1];
  if (!name) throw new Error(`no instruction in ${prompt.slice(-300)}`);
  const request: Pick<ModelRequest, "instruction"> & { answer: Pick<ModelRequest["answer"], "name"> } = { instruction, answer: { name } };
  return request as ModelRequest;
}

/** The text of all messages in the body of a request to `/responses`. */
export function promptIn(body: string): string {
  const { input } = JSON.parse(body) as { input: { content: string }[] };
  return input.map(({ content }) => content).join("\n\n");
}
