import { formatStory, STORY_FORMAT, type StorySettings } from "../core/documents/storyDocument.ts";
import { formatTimingMap, type TimingMap } from "../core/documents/timingMapDocument.ts";
import { joinNarration } from "../core/spokenWords.ts";
import { LOOK_PRESETS } from "../core/looks.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import { storyPaths } from "../core/storyFolder.ts";
import { fileName } from "./read/sourceText.ts";
import { toTimingMap, type PlannedSegment } from "./planSegments.ts";
import type { Transcript } from "./transcript.ts";

/** All that a new story is made from. */
export interface NewStory {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly shotLength: StorySettings["shotLength"];
  readonly outputs: StorySettings["outputs"];
  /** Text of style.md. */
  readonly look: string;
  readonly basis: TimingMap["basis"];
  readonly source?: TimingMap["source"];
  readonly frameRate?: number | undefined;
  readonly segments: readonly PlannedSegment[];
  /** The narration as prose, where the source was prose; otherwise it is told from the segments. */
  readonly prose?: string | undefined;
}

/** Id of the look of a story whose maker has not said it yet. */
export const DEFAULT_LOOK = LOOK_PRESETS[0]!.id;

/** The documents of a new story by path; nothing is directed yet. */
export function newStoryTexts(story: NewStory): StoryTexts {
  const { title, language, shotLength, outputs, basis, frameRate, source, segments } = story;
  const map = toTimingMap(segments, { basis, ...(frameRate !== undefined && { frameRate }), ...(source && { source }) });
  return new Map([
    [storyPaths.timingMap, formatTimingMap(map)],
    [storyPaths.narration, `${(story.prose ?? proseOf(segments)).trim()}\n`],
    [storyPaths.style, `${story.look.trim() || LOOK_PRESETS[0]!.text.trim()}\n`],
    [storyPaths.story, formatStory({ format: STORY_FORMAT, title, language, shotLength, outputs })],
  ]);
}

/** The prose that a transcript was read from, in its paragraphs; undefined where the source had none. */
export function proseOfTranscript({ cues }: Transcript): string | undefined {
  if (!cues.some(({ startsParagraph }) => startsParagraph)) return undefined;
  const paragraphs: string[] = [];
  for (const { text, startsParagraph } of cues) {
    const last = paragraphs.length - 1;
    if (startsParagraph || last < 0) paragraphs.push(text);
    else paragraphs[last] = joinNarration(paragraphs[last]!, text);
  }
  return paragraphs.filter(Boolean).join("\n\n");
}

/** `apollo-11.whisper.json` → `Apollo 11`. */
export function titleOfFile(name: string): string {
  const words = fileName(name).replace(/(?:\.[a-z0-9]{1,8})+$/i, "").replace(/[-_.\s]+/g, " ").trim();
  return words === "" ? "Untitled" : words[0]!.toUpperCase() + words.slice(1);
}

const LONG_PARAGRAPH = 500;

/** A new paragraph after a silence, for a new speaker, and at the end of a sentence when one is long. */
function proseOf(segments: readonly PlannedSegment[]): string {
  const paragraphs: string[] = [];
  let paragraph = "";
  let speaker: string | undefined;
  const close = () => {
    if (paragraph) paragraphs.push(paragraph);
    paragraph = "";
  };
  for (const segment of segments) {
    const isLong = paragraph.length > LONG_PARAGRAPH && /[.!?…。！？]["'”’»)]*$/.test(paragraph);
    if (segment.narration === "" || segment.speaker !== speaker || isLong) close();
    speaker = segment.speaker;
    paragraph = joinNarration(paragraph, segment.narration);
  }
  close();
  return paragraphs.join("\n\n");
}
