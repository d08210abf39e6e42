import type { ModelRequest } from "../../../src/pipeline/ports.ts";
import { answerToPrompt, requestIn } from "../answerToPrompt.ts";
import type { FakeBody } from "../fakeModelServer.ts";

/** What a well-behaved model answers to the body of a request to the Responses API. */
export function answerTo(body: FakeBody): string {
  return answerToPrompt(lastMessage(body));
}

export function requestOf(body: FakeBody): ModelRequest {
  return requestIn(lastMessage(body));
}

function lastMessage(body: FakeBody): string {
  const { input } = body as unknown as { readonly input: readonly { readonly content: string }[] };
  return input.at(-1)!.content;
}
