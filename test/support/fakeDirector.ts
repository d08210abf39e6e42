import type { SegmentDraft } from "../../src/core/segmentDraft.ts";
import { tagsIn } from "../../src/core/tags.ts";
import type { Director, Extraction, MissingAsset, OptimizeRequest, StoryBrief } from "../../src/pipeline/ports.ts";

export interface FakeDirector extends Director {
  /** Every call in the order it began: `extract`, `draft segment_1`, `describe lamp`, `optimize segment_1 main`. */
  readonly calls: string[];
}

export interface FakeDirectorOptions {
  /** Changes a draft before it is given. */
  readonly draft?: (draft: SegmentDraft) => SegmentDraft;
  /** Runs before a call is answered; may wait or throw. */
  readonly before?: (call: string, signal: AbortSignal) => Promise<void> | void;
  readonly repair?: (draft: SegmentDraft) => SegmentDraft;
}

/** A director that writes the same plain drafts for the same story, and records what it was asked. */
export function createFakeDirector(options: FakeDirectorOptions = {}): FakeDirector {
  const calls: string[] = [];
  const { repair } = options;
  const called = async (call: string, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    calls.push(call);
    await options.before?.(call, signal);
    signal.throwIfAborted();
  };
  const director: FakeDirector = {
    name: "fake",
    calls,
    async extractAssets(story, ranges, signal) {
      await called("extract", signal);
      return extraction(story, ranges.map(({ first }) => story.timing.segments[first]!.id));
    },
    async *draftSegments(story, ids, signal) {
      for (const id of ids) {
        await called(`draft ${id}`, signal);
        const draft = plainDraft(story, id);
        yield options.draft?.(draft) ?? draft;
      }
    },
    async describeAsset(_story, missing, signal) {
      await called(`describe ${missing.tag}`, signal);
      return describe(missing);
    },
    async optimizePrompt(request, signal) {
      await called(`optimize ${request.segmentId} ${request.output.name}`, signal);
      return compile(request);
    },
  };
  if (!repair) return director;
  return {
    ...director,
    async repairDraft(_story, { draft }, signal) {
      await called(`repair ${draft.id}`, signal);
      return repair(draft);
    },
  };
}

function extraction(story: StoryBrief, from: readonly string[]): Extraction {
  const none: ReadonlyMap<string, string> = new Map();
  const draft = (id: string, kind: "character" | "location" | "prop", description: string) => {
    return { id, kind, name: id, aliases: [], description, states: none } as const;
  };
  return {
    assets: [
      draft("maria", "character", "woman, 62, silver braid"),
      draft("trumpet", "prop", "brass trumpet, dented bell"),
      draft("square", "location", "cobbled square, dry fountain"),
    ],
    scenes: from.map((id) => ({ from: id, place: "square", time: story.settings.language === "en" ? "dusk" : "noon", cast: ["maria"] })),
  };
}

function plainDraft(story: StoryBrief, id: string): SegmentDraft {
  const segment = story.timing.segments.find((candidate) => candidate.id === id)!;
  return {
    id,
    visualPrompt: `@maria lifts @trumpet on @square. ${segment.narration.length} breaths. ${story.directions.get(id) ?? ""}`.trim(),
    cameraWork: "Medium shot, eye level, 50 mm, static.",
    lighting: "Low dusk sun.",
    mood: "Resolute.",
    usedAssets: ["maria", "trumpet", "square"],
  };
}

function describe({ tag, lines }: MissingAsset): { kind: "prop"; name: string; aliases: string[]; description: string; states: Map<string, string> } {
  const [name, state] = tag.split("/") as [string, string?];
  const text = `a ${name}, seen in ${lines.length} lines`;
  return { kind: "prop", name, aliases: [], description: text, states: state ? new Map([[state, `${text}, ${state}`]]) : new Map() };
}

function compile({ raw, output }: OptimizeRequest): string {
  const looks = tagsIn(raw.get("TAGS") ?? "").length;
  return `${output.profile.name}: ${(raw.get("SCENE") ?? "").replaceAll("@", "")} (${looks} looks: ${(raw.get("TAGS") ?? "").replaceAll("@", "")})`;
}
