import { checkAssets, checkOutputs, checkScenePlan, checkSegment, type RangeOf } from "./checkStory.ts";
import { parseAsset, type Asset } from "./documents/assetDocument.ts";
import { parseScenePlan } from "./documents/scenePlanDocument.ts";
import { parseSegment, type SegmentFile } from "./documents/segmentDocument.ts";
import type { Parsed } from "./documents/source.ts";
import { parseStory } from "./documents/storyDocument.ts";
import { NO_STYLE, parseStyle } from "./documents/styleDocument.ts";
import { isNewerMap, parseTimingMap } from "./documents/timingMapDocument.ts";
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
  const steps = loadStorySteps(texts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps of about one document, for those who must not hold up others while they read thousands. */
export function* loadStorySteps(texts: StoryTexts): Generator<void, LoadedStory, void> {
  const reader = new Reader(texts);
  const storyDocument = reader.readRequired(storyPaths.story, parseStory, "a story folder has a story.yaml");
  const timing = reader.readRequired(storyPaths.timingMap, parseTimingMap, "the times of its segments");
  const scenes = reader.read(storyPaths.scenePlan, parseScenePlan) ?? [];
  const { assets, segments } = yield* reader.readFolders();
  const style = reader.readText(storyPaths.style);
  const research = reader.readText(storyPaths.research) ?? "";
  const readOnly = storyDocument?.readOnly === true || (timing !== undefined && isNewerMap(timing));
  const rest = { readOnly, damaged: reader.damaged };
  if (!storyDocument || !timing) return { story: undefined, problems: reader.problems, ...rest };
  const { settings } = storyDocument;
  const story: Story = { settings, style: style === undefined ? NO_STYLE : parseStyle(style), research, timing, scenes, assets, segments };
  const isTimed = new Set(timing.segments.map(({ id }) => id));
  const problems = [
    ...reader.problems.map((problem) => asWarningIfUnused(problem, isTimed)),
    ...checkOutputs(story, reader.rangesOf(storyPaths.story)),
    ...checkScenePlan(story, reader.rangesOf(storyPaths.scenePlan)),
    ...checkAssets(story),
  ];
  for (const file of segments.values()) {
    problems.push(...checkSegment(file, story, isTimed.has(file.id)));
    yield;
  }
  return { story, problems, ...rest };
}

/** No run asks for a segment that the map does not name, so nothing in its file may stop one. */
function asWarningIfUnused(problem: Problem, isTimed: ReadonlySet<string>): Problem {
  const file = kindOf(problem.file);
  const isUnused = file?.kind === "segment" && !isTimed.has(file.id);
  return isUnused ? { ...problem, severity: "warning" } : problem;
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

  /** Keeps the ranges: what several documents together get wrong is reported in this one. */
  read<T>(path: string, parse: (text: string) => Parsed<T>): T | undefined {
    const parsed = this.#parse(path, parse);
    if (parsed) this.#ranges.set(path, parsed.rangeOf);
    return parsed?.value;
  }

  /** Ranges hold on to the whole of a parsed document: too much for thousands of files. */
  #parse<T>(path: string, parse: (text: string) => Parsed<T>): Parsed<T> | undefined {
    const text = this.#texts.get(path);
    if (text === undefined) return undefined;
    if (isDamaged(text)) {
      this.damaged.push(path);
      return undefined;
    }
    const parsed = parse(text);
    this.problems.push(...parsed.problems);
    return parsed;
  }

  readRequired<T>(path: string, parse: (text: string) => Parsed<T>, meaning: string): T | undefined {
    const text = this.#texts.get(path);
    if (text !== undefined && !isDamaged(text)) return this.read(path, parse);
    this.problems.push(text === undefined ? missingFile(path, meaning) : damagedFile(path));
    return undefined;
  }

  /** A text of which anything is legal, and nothing needs to stand in it. */
  readText(path: string): string | undefined {
    const text = this.#texts.get(path);
    if (!text || !isDamaged(text)) return text;
    this.problems.push(damagedFile(path));
    return undefined;
  }

  *readFolders(): Generator<void, { assets: Map<string, Asset>; segments: Map<string, SegmentFile> }, void> {
    const assets = new Map<string, Asset>();
    const segments = new Map<string, SegmentFile>();
    for (const path of this.#texts.keys()) {
      const file = kindOf(path);
      if (file?.kind === "asset") {
        const asset = this.#parse(path, (text) => parseAsset(text, file.id))?.value;
        if (asset) assets.set(file.id, asset);
      } else if (file?.kind === "segment") {
        const segment = this.#parse(path, (text) => parseSegment(text, file.id))?.value;
        if (segment) segments.set(file.id, segment);
      } else if (!file) this.problems.push(badName(path));
      yield;
    }
    return { assets, segments };
  }
}

function missingFile(path: string, meaning: string): Problem {
  return { severity: "error", code: "missing-file", message: `${path} is missing`, hint: `Check the folder: ${meaning}.`, file: path };
}

function damagedFile(path: string): Problem {
  const message = `${path} is damaged: it has lost its content`;
  return { severity: "error", code: "damaged-file", message, hint: "Restore it from a backup or from version control.", file: path };
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
