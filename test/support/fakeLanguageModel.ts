import type { TokenUsage } from "../../src/core/cost.ts";
import type { LanguageModel, ModelEvent, ModelOutcome, ModelRequest } from "../../src/pipeline/ports.ts";

/** What the model writes for one request. */
export interface CannedAnswer {
  /** The text, whole or in the chunks it comes in. */
  readonly text?: string | readonly string[];
  /** `completed` unless told otherwise. */
  readonly outcome?: ModelOutcome;
  readonly usage?: TokenUsage;
  /** The stream rejects with this after the text, instead of ending. */
  readonly error?: unknown;
  /** The stream ends after the text without an `end`. */
  readonly endless?: boolean;
  /** Resolves when the first token may be written. */
  readonly before?: Promise<unknown>;
  /** Resolves when the rest may be written: everything after the first chunk. */
  readonly afterFirst?: Promise<unknown>;
}

export interface FakeLanguageModel extends LanguageModel {
  /** Every request in the order it began. */
  readonly requests: readonly ModelRequest[];
  /** Calls under way. */
  readonly open: number;
  /** Most calls that were under way at once. */
  readonly mostOpen: number;
}

export interface FakeModelOptions {
  readonly name?: string;
  /** Characters in a chunk of a text that is given whole. */
  readonly chunk?: number;
}

/** A model that writes what the script says, chunk by chunk, and records what it was asked. */
export function createFakeLanguageModel(
  script: (request: ModelRequest, call: number) => CannedAnswer | string,
  { name = "fake/model-1", chunk = 7 }: FakeModelOptions = {},
): FakeLanguageModel {
  const requests: ModelRequest[] = [];
  let open = 0;
  let mostOpen = 0;
  return {
    name,
    requests,
    get open() {
      return open;
    },
    get mostOpen() {
      return mostOpen;
    },
    async *stream(request, signal): AsyncGenerator<ModelEvent, void, undefined> {
      requests.push(request);
      mostOpen = Math.max(mostOpen, ++open);
      try {
        const scripted = script(request, requests.length - 1);
        const answer = typeof scripted === "string" ? { text: scripted } : scripted;
        yield* write(answer, { name, chunk, signal });
      } finally {
        open--;
      }
    },
  };
}

interface Writing {
  readonly name: string;
  readonly chunk: number;
  readonly signal: AbortSignal;
}

async function* write(answer: CannedAnswer, { name, chunk, signal }: Writing): AsyncGenerator<ModelEvent, void, undefined> {
  const { text = "", outcome = "completed", usage, error, endless, before, afterFirst } = answer;
  await unlessAborted(before, signal);
  const chunks = typeof text === "string" ? chunksOf(text, chunk) : text;
  for (const [index, delta] of chunks.entries()) {
    if (index === 1) await unlessAborted(afterFirst, signal);
    await unlessAborted(undefined, signal);
    yield { type: "text", delta };
  }
  if (error !== undefined) throw error;
  if (!endless) yield { type: "end", outcome, model: name, usage };
}

async function unlessAborted(waiting: Promise<unknown> = Promise.resolve(), signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function chunksOf(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** What a model looks at to know what is asked. */
export interface Asked {
  readonly answer: { readonly name: string };
  readonly instruction: string;
}

/** The name of what a request wants: `drafts`, `extraction`, `asset`, `final_prompt`. */
export function wantedOf({ answer }: Asked): string {
  return answer.name;
}

/** The ids that a request for drafts names, in its order. */
export function idsAsked({ instruction }: Asked): string[] {
  const line = instruction.split("\n")[0]!;
  return line.slice(line.lastIndexOf(":") + 1).replace(/\.$/, "").split(",").map((id) => id.trim());
}

/** A plain draft as a model writes it. */
export function plainDraft(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    visualPrompt: `@maria lifts @trumpet on @square, facing right. End: ${id.replace("_", " ")}, still.`,
    cameraWork: "Medium shot, eye level, 50 mm, static.",
    lighting: "Low dusk sun from behind left.",
    mood: "Resolute.",
    usedAssets: ["maria", "trumpet", "square"],
    ...changes,
  };
}

export function draftsText(drafts: readonly unknown[]): string {
  return JSON.stringify({ segments: drafts });
}

const EXTRACTION = {
  assets: [
    { id: "maria", kind: "character", name: "Maria", aliases: [], description: "woman, 62, silver braid, navy wool coat", states: [] },
    { id: "trumpet", kind: "prop", name: "the trumpet", aliases: [], description: "worn brass trumpet, dented bell", states: [] },
    { id: "square", kind: "location", name: "the old square", aliases: [], description: "cobbled square, dry fountain", states: [] },
  ],
};

/** What a well-behaved model writes for any request: enough for a whole run over the test story. */
export function wellBehaved(request: Asked): string {
  switch (wantedOf(request)) {
    case "drafts":
      return draftsText(idsAsked(request).map((id) => plainDraft(id)));
    case "extraction":
      return JSON.stringify({ ...EXTRACTION, scenes: startsAsked(request).map(sceneFrom) });
    case "asset":
      return JSON.stringify({ kind: "prop", name: "lamp", aliases: [], description: "small oil lamp, cracked glass", stateDescription: "small oil lamp, cracked glass, lit" });
    default:
      return JSON.stringify({ finalPrompt: finalFor(request) });
  }
}

/** The ids that a request for an extraction wants scenes to start from. */
export function startsAsked({ instruction }: Asked): string[] {
  const [, starts = ""] = /(?:A scene starts from|Scenes start from each of) ([^.]*)\./.exec(instruction) ?? [];
  return starts.split(", ").filter(Boolean);
}

function sceneFrom(from: string): Record<string, unknown> {
  return { from, place: "square", time: "dusk", cast: ["maria"], look: null, note: null };
}

/** Every look of TAGS word for word, and the scene without marks. */
export function finalFor({ instruction }: Asked): string {
  const section = (name: string) => new RegExp(`^~+ ${name}\\n([\\s\\S]*?)\\n~+$`, "m").exec(instruction)?.[1] ?? "";
  const looks = [...section("TAGS").matchAll(/^- @\S+: (.*)$/gm)].map((match) => match[1]);
  return [`${section("CAMERA")} A shot of ${looks.join("; ")}.`, section("SCENE").replaceAll("@", "the "), section("SOUND") || "Ambient: wind; no dialogue, no music.", section("TEXT")].filter(Boolean).join(" ");
}
