import { proseOfTranscript, titleOfFile, type NewStory } from "../../src/import/newStory.ts";
import { inOwnWords } from "../../src/import/ownWords.ts";
import type { PlannedSegment } from "../../src/import/planSegments.ts";
import { editPlanned } from "../../src/import/plannedEdits.ts";
import { soundIn } from "../../src/import/read/bytes/binaryFormats.ts";
import { soundSeconds } from "../../src/import/sound/soundSeconds.ts";
import { withTimeCodes } from "../../src/import/timeCodes.ts";
import type { StoryMaker } from "../../src/vscode/engine.ts";

/** Stories made without a disk: a line of the source is a sentence, and becomes a segment of the ideal length. */
export class FakeStoryMaker implements StoryMaker {
  readonly created: { readonly folder: string; readonly story: NewStory }[] = [];
  /** What making the next story rejects with. */
  failure: Error | undefined;
  readCount = 0;

  readonly readTranscript: StoryMaker["readTranscript"] = ({ name, bytes }) => {
    this.readCount++;
    const lines = new TextDecoder().decode(bytes).split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
    if (lines.some((line) => line.includes("�"))) {
      return { problems: [{ severity: "error", code: "encoding", message: "This is no text.", file: name, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } } }] };
    }
    const title = /^# (.+)$/m.exec(new TextDecoder().decode(bytes))?.[1];
    const basis = name.endsWith(".srt") ? "aligned" : "estimated";
    const cues = lines.map((text, index) => ({ start: index * 5, end: (index + 1) * 5, text, ...(text.startsWith("[") && { doubt: "sound" as const }) }));
    const format = basis === "aligned" ? "SubRip subtitles" : "Plain text";
    return { transcript: { ...(title && { title }), format, basis, source: { file: name, format }, cues, findings: [] }, problems: [] };
  };

  readonly soundIn = soundIn;
  readonly soundSeconds = soundSeconds;

  readonly readHeard: StoryMaker["readHeard"] = (answer, { by, format, seconds }, options) => {
    const { transcript, problems } = this.readTranscript({ ...answer, name: "heard.srt" }, options);
    return transcript ? { transcript: { ...transcript, format: `${format}, transcribed by ${by}`, duration: seconds ?? 0 }, problems } : { problems };
  };

  readonly planSegments: StoryMaker["planSegments"] = ({ cues, basis }, { shotLength: { ideal } }) =>
    cues.map(({ text }, index): PlannedSegment => ({ start: index * ideal, end: (index + 1) * ideal, narration: text, basis }));

  readonly inOwnWords = inOwnWords;
  readonly withTimeCodes = withTimeCodes;
  readonly editPlanned = editPlanned;
  readonly titleOfFile = titleOfFile;
  readonly proseOfTranscript = proseOfTranscript;

  readonly estimateNewStory: StoryMaker["estimateNewStory"] = () => undefined;

  readonly createStory: StoryMaker["createStory"] = (folder, story) => {
    if (this.failure) return Promise.reject(this.failure);
    this.created.push({ folder, story });
    return Promise.resolve();
  };
}
