import type { CallPurpose } from "../../../src/ai/llm/askModel.ts";
import type { Asked } from "../fakeLanguageModel.ts";
import type { FakeCall } from "../fakeModelServer.ts";

/** What a director asked, read from the request as a model reads it. */
export interface StoryQuestion extends Asked {
  readonly purpose: CallPurpose;
}

interface Message {
  readonly role: string;
  readonly content: string | readonly { readonly text: string }[];
}

/** How the instruction of every kind of question starts, and the name of what it wants. */
const STARTS = { "Write the draft": "drafts", "List the assets": "extraction", "Describe @": "asset", "Write the prompt": "final_prompt" } as const;
const INSTRUCTION = new RegExp(`^(?:${Object.keys(STARTS).join("|")})`, "m");
const PURPOSES = { drafts: "draft", extraction: "extract", asset: "describe", final_prompt: "optimize" } as const satisfies Record<string, CallPurpose>;
const AGAIN = /^(?:You have written (?:this draft|drafts of these) already|Your last answer to this cannot be used)/m;

/** Reads either API, at every step of the ladder. @throws where it is no director's question */
export function questionIn({ body }: FakeCall): StoryQuestion {
  const messages = (body["input"] ?? body["messages"]) as readonly Message[];
  const content = messages.findLast(({ role }) => role === "user")?.content ?? "";
  return questionOf(typeof content === "string" ? content : content.map(({ text }) => text).join("\n\n"));
}

/** @param said What the user says: the story, and then the instruction */
export function questionOf(said: string): StoryQuestion {
  const found = INSTRUCTION.exec(said);
  if (!found) throw new Error(`no director asks like this: ${said.slice(0, 200)}`);
  const name = STARTS[found[0] as keyof typeof STARTS];
  const instruction = said.slice(found.index);
  return { answer: { name }, instruction, purpose: AGAIN.test(instruction) ? "repair" : PURPOSES[name] };
}
