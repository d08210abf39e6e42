import { createLlmDirector } from "../../../src/ai/llmDirector.ts";
import { OPENAI_BASE_URL, STEPS, type Step } from "../../../src/ai/model/endpoint.ts";
import { createOfflineDirector } from "../../../src/ai/offlineDirector.ts";
import { createOpenAiModel } from "../../../src/ai/openAiModel.ts";
import { createTextLanguageModel } from "../../../src/ai/text/textLanguageModel.ts";
import type { Director, TextModel } from "../../../src/pipeline/ports.ts";
import { answerToPrompt } from "../../support/answerToPrompt.ts";
import { directorSuite, type OpenedDirector } from "../../support/directorSuite.ts";
import { wellBehaved } from "../../support/fakeLanguageModel.ts";
import { startFakeModelServer, type FakeCall } from "../../support/fakeModelServer.ts";
import { inFence, says, status, type FakeAnswer } from "../../support/fakeModelServer/answers.ts";
import { questionIn } from "../../support/fakeModelServer/storyQuestions.ts";
import { recordingLog } from "./llm/brief.ts";
import { fakeTiming, KEY } from "./model/harness.ts";

const realFetch = globalThis.fetch;

const withModel = (model: Parameters<typeof createLlmDirector>[0]["model"]): Director => createLlmDirector({ model, log: recordingLog() });

directorSuite("Offline", () => ({ director: createOfflineDirector() }));

directorSuite("OpenAI, on the Responses API", async (): Promise<OpenedDirector> => {
  const server = await startFakeModelServer((call) => says(wellBehaved(questionIn(call)), { chunkLength: 40 }));
  const before = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
    if (origin !== "https://api.openai.com" || pathname !== "/v1/responses") throw new Error(`${origin}${pathname} was asked`);
    return realFetch(`${server.origin}${pathname}`, init);
  };
  const model = createOpenAiModel({ baseUrl: OPENAI_BASE_URL, apiKey: KEY, directorModel: "gpt-6.1-terra", optimizerModel: "gpt-6-luna", timing: fakeTiming() });
  const close = () => {
    globalThis.fetch = before;
    return server.stop();
  };
  return { director: withModel(model), close };
});

/** A server that has this step and none above it, and takes it ill to be asked for less than it has. */
function answerAt(step: Step, call: FakeCall): FakeAnswer {
  const asked = STEPS.indexOf(stepOf(call));
  if (asked < STEPS.indexOf(step)) return call.api === "responses" ? status(404, "no such route") : status(400, "response_format is not supported");
  if (asked > STEPS.indexOf(step)) return status(403, `asked by ${stepOf(call)}`);
  const text = wellBehaved(questionIn(call));
  return says(step === "text" ? inFence(text) : text, { chunkLength: 40 });
}

function stepOf({ api, body }: FakeCall): Step {
  if (api === "responses") return "responses";
  const { type } = (body["response_format"] ?? {}) as { readonly type?: string };
  return type === "json_schema" ? "chat" : type === "json_object" ? "json" : "text";
}

const IN_WORDS: Readonly<Record<Step, string>> = { responses: "/responses and a schema", chat: "a chat and a schema", json: "JSON mode", text: "plain text" };

for (const step of STEPS) {
  directorSuite(`behind a compatible server with ${IN_WORDS[step]}`, async () => {
    const server = await startFakeModelServer((call) => answerAt(step, call));
    const model = createOpenAiModel({ baseUrl: server.baseUrl, directorModel: "local-1", timing: fakeTiming() });
    return { director: withModel(model), close: () => server.stop() };
  });
}

// A model of an editor gives pieces of text and nothing else: no schema is kept, no usage told.
directorSuite("with a model that knows text only", () => {
  const director: TextModel = {
    vendor: "vscode:test",
    name: "vscode/fake-1",
    label: "Fake",
    maxInputTokens: undefined,
    countTokens: async (text) => Math.ceil(text.length / 4),
    async *write(prompt) {
      const text = inFence(answerToPrompt(prompt));
      for (let start = 0; start < text.length; start += 23) yield text.slice(start, start + 23);
    },
  };
  return { director: withModel(createTextLanguageModel({ director, log: recordingLog() })) };
});
