import { checkAssets, checkOutputs, checkScenePlan, checkSegments, type RangeOf } from "./checkStory.ts";
import { parseAsset, type Asset } from "./documents/assetDocument.ts";
import { parseScenePlan } from "./documents/scenePlanDocument.ts";
import { parseSegment, type SegmentFile } from "./documents/segmentDocument.ts";
import type { Parsed } from "./documents/source.ts";
import { parseStory, type StoryDocument } from "./documents/storyDocument.ts";
import { NO_STYLE, parseStyle } from "./documents/styleDocument.ts";
import { parseTimingMap } from "./documents/timingMapDocument.ts";
import { isError, type Problem } from "./problem.ts";
import type { Story } from "./story.ts";
import { kindOf, storyPaths } from "./storyFolder.ts";

/** The texts of a story's documents by path. */
export type StoryTexts = ReadonlyMap<string, string>;

export interface LoadedStory {
  /** Undefined where story.yaml or the timing map cannot be used. */
  readonly story: Story | undefined;
  /** True where a newer version wrote the story. */
  readonly readOnly: boolean;
  /** Every finding in every document, those that span several included. */
  readonly problems: readonly Problem[];
  /** Files that are empty or full of NUL where they should not be: a crash left them so. */
  readonly damaged: readonly string[];
}

/** Reads every document, and checks each alone and all together. Never throws. */
export function loadStory(texts: StoryTexts): LoadedStory {
  const reader = new Reader(texts);
  const storyDocument = reader.readRequired(storyPaths.story, parseStory, "a story folder has a story.yaml");
  const timing = reader.readRequired(storyPaths.timingMap, parseTimingMap, "the times of its segments");
  const scenes = reader.read(storyPaths.scenePlan, parseScenePlan) ?? [];
  const { assets, segments } = reader.readFolders();
  const readOnly = storyDocument?.readOnly ?? false;
  const rest = { readOnly, damaged: reader.damaged };
  if (!storyDocument || !timing) return { story: undefined, problems: reader.problems, ...rest };
  const story = assemble({ storyDocument, timing, scenes, assets, segments, texts });
  const problems = [
    ...reader.problems,
    ...checkOutputs(story, reader.rangesOf(storyPaths.story)),
    ...checkScenePlan(story, reader.rangesOf(storyPaths.scenePlan)),
    ...checkAssets(story),
    ...checkSegments(story),
  ];
  return { story, problems, ...rest };
}

interface Pieces extends Pick<Story, "timing" | "scenes" | "assets" | "segments"> {
  readonly storyDocument: StoryDocument;
  readonly texts: StoryTexts;
}

function assemble({ storyDocument, texts, ...rest }: Pieces): Story {
  const style = texts.get(storyPaths.style);
  return {
    settings: storyDocument.settings,
    style: style === undefined ? NO_STYLE : parseStyle(style),
    research: texts.get(storyPaths.research) ?? "",
    ...rest,
  };
}

/** Whether a crash left the file without its content. */
export function isDamaged(text: string): boolean {
  return /^\0*$/.test(text);
}

class Reader {
  readonly problems: Problem[] = [];
  readonly damaged: string[] = [];
  readonly #texts: StoryTexts;
  readonly #ranges = new Map<string, RangeOf>();

  constructor(texts: StoryTexts) {
    this.#texts = texts;
  }

  rangesOf(path: string): RangeOf {
    return this.#ranges.get(path) ?? (() => undefined);
  }

  read<T>(path: string, parse: (text: string) => Parsed<T>): T | undefined {
    const text = this.#texts.get(path);
    if (text === undefined) return undefined;
    if (isDamaged(text)) {
      this.damaged.push(path);
      return undefined;
    }
    const { value, problems, rangeOf } = parse(text);
    this.#ranges.set(path, rangeOf);
    this.problems.push(...problems);
    return value;
  }

  readRequired<T>(path: string, parse: (text: string) => Parsed<T>, meaning: string): T | undefined {
    const text = this.#texts.get(path);
    if (text !== undefined && !isDamaged(text)) return this.read(path, parse);
    const [code, message] = text === undefined ? ["missing-file", `${path} is missing`] : ["damaged-file", `${path} is damaged: it is empty`];
    const hint = text === undefined ? `Check the folder: ${meaning}.` : "Restore it from a backup or from version control.";
    this.problems.push({ severity: "error", code, message, hint, file: path });
    return undefined;
  }

  readFolders(): { assets: Map<string, Asset>; segments: Map<string, SegmentFile> } {
    const assets = new Map<string, Asset>();
    const segments = new Map<string, SegmentFile>();
    for (const path of this.#texts.keys()) {
      const file = kindOf(path);
      if (file?.kind === "asset") {
        const asset = this.read(path, (text) => parseAsset(text, file.id));
        if (asset) assets.set(file.id, asset);
      } else if (file?.kind === "segment") {
        const segment = this.read(path, (text) => parseSegment(text, file.id));
        if (segment) segments.set(file.id, segment);
      } else if (!file) this.problems.push(badName(path));
    }
    return { assets, segments };
  }
}

function badName(path: string): Problem {
  const message = "this file's name cannot be an id, so it is not read";
  const hint = "Rename it: up to 63 of a-z, 0-9, _ and -, then .md";
  return { severity: "warning", code: "bad-file-name", message, hint, file: path };
}

/** The errors that stop a run; those of segment files it is not asked for do not. */
export function stoppingProblems(problems: readonly Problem[], only?: ReadonlySet<string>): Problem[] {
  return problems.filter((problem) => {
    const file = kindOf(problem.file);
    return isError(problem) && (file?.kind !== "segment" || !only || only.has(file.id));
  });
}
