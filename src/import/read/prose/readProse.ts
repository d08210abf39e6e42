import type { RawCue, Reading } from "../rawCue.ts";
import { estimateSeconds } from "../estimateSeconds.ts";
import type { SourceText } from "../sourceText.ts";
import { withoutLabel } from "../subtitles/cueText.ts";
import { PARAGRAPH_END, readMarkdownLines } from "./markdown.ts";
import { paragraphsOf, type Paragraph } from "./paragraph.ts";
import { splitSentences } from "./sentences.ts";

export interface Pace {
  readonly wordsPerMinute: number;
}

export function readPlainText({ text }: SourceText, { wordsPerMinute }: Pace): Reading {
  const cues = timeParagraphs(paragraphsOf(text.split("\n")), wordsPerMinute);
  return { format: "plain text", basis: "estimated", cues, problems: [] };
}

export function readMarkdown({ name, text }: SourceText, { wordsPerMinute }: Pace): Reading {
  const { lines, title, problems } = readMarkdownLines(text, name);
  const cues = timeParagraphs(lines.some((line) => line.endsWith(PARAGRAPH_END)) ? pointsApart(lines) : paragraphsOf(lines), wordsPerMinute);
  return { format: "Markdown", basis: "estimated", cues, problems, title };
}

/** Paragraphs of a text in which points of lists follow each other without an empty line. */
function pointsApart(lines: readonly string[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let first = 0;
  for (const [index, line] of lines.entries()) {
    if (!line.endsWith(PARAGRAPH_END) && index < lines.length - 1) continue;
    const part = lines.slice(first, index + 1).map((row) => row.replace(PARAGRAPH_END, ""));
    for (const { text, line } of paragraphsOf(part)) paragraphs.push({ text, line: line + first });
    first = index + 1;
  }
  return paragraphs;
}

/** At most so long are the pauses inside the time that a sentence gets; a paragraph's end is a longer one. */
const SENTENCE_PAUSE = { seconds: 0.35, share: 0.12 };
const PARAGRAPH_PAUSE = { seconds: 0.9, share: 0.25 };

/**
 * One cue for each sentence. Pauses at the ends of sentences and paragraphs are part of the pace: the
 * whole text takes as long as its words by the words per minute.
 */
function timeParagraphs(paragraphs: readonly Paragraph[], wordsPerMinute: number): RawCue[] {
  const cues: RawCue[] = [];
  let start = 0;
  for (const { text, line } of paragraphs) {
    const { text: spoken, label } = withoutLabel(text, undefined);
    const sentences = splitSentences(spoken);
    for (const [index, sentence] of sentences.entries()) {
      const seconds = Math.max(0.2, estimateSeconds(sentence, wordsPerMinute));
      const pause = index === sentences.length - 1 ? PARAGRAPH_PAUSE : SENTENCE_PAUSE;
      const end = start + seconds - Math.min(pause.seconds, seconds * pause.share);
      cues.push({ start, end, text: sentence, speaker: label, line, startsParagraph: index === 0 });
      start += seconds;
    }
  }
  return cues;
}
