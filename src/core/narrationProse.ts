import type { TimedSegment } from "./documents/timingMapDocument.ts";
import { joinNarration, sameWords } from "./spokenWords.ts";
import { storyPaths } from "./storyFolder.ts";

type Said = Pick<TimedSegment, "id" | "narration">;

/** The timing map's segments before a change of its words, and after it. */
export interface SaidChange {
  readonly before: readonly Said[];
  readonly after: readonly Said[];
}

/** `left`: it is a person's own by now. */
export type RetoldProse = { readonly what: "rewritten"; readonly text: string } | { readonly what: "left" };

/**
 * What becomes of narration.md where the words of the timing map change. What says exactly the words
 * of the map before, in whatever layout, is told anew; line breaks stay where they were.
 * @returns undefined where there is nothing to do: no words, the same ones, or the new ones already
 */
export function retellProse(prose: string, { before, after }: SaidChange): RetoldProse | undefined {
  const [now, said, saidThen] = [visible(prose), visible(allOf(before)), visible(allOf(after))];
  if (now === "" || said === saidThen) return undefined;
  if (now !== said) return sameWords(prose, allOf(after)) ? undefined : { what: "left" };
  const [leading] = /^\s*/.exec(prose)!;
  const [trailing] = /\s*$/.exec(prose)!;
  return { what: "rewritten", text: leading + retold(piecesOf(prose, before), after) + trailing };
}

/** For people: one line, or none where nothing becomes of it. */
export function proseLines(what: RetoldProse["what"] | undefined): string[] {
  switch (what) {
    case "rewritten":
      return [`${storyPaths.narration} gets the new words.`];
    case "left":
      return [`${storyPaths.narration} is left as it is: it says other words than the story did.`];
    case undefined:
      return [];
  }
}

/** A segment's words as they stand in the prose. */
interface Piece {
  /** Among those that speak. */
  readonly index: number;
  /** Blanks and line breaks in front of it. */
  readonly gap: string;
  readonly text: string;
}

/** In the order of the map; silent segments have none. */
function piecesOf(prose: string, segments: readonly Said[]): Map<string, Piece> {
  const pieces = new Map<string, Piece>();
  let position = 0;
  for (const { id, narration } of segments) {
    const length = visible(narration).length;
    if (length === 0) continue;
    const start = afterVisible(prose, position, 0);
    const end = afterVisible(prose, start, length);
    pieces.set(id, { index: pieces.size, gap: pieces.size ? prose.slice(position, start) : "", text: prose.slice(start, end) });
    position = end;
  }
  return pieces;
}

/** Where so many characters that are no blanks have been passed; with none, where the next one stands. */
function afterVisible(prose: string, from: number, count: number): number {
  let position = from;
  if (count === 0) while (/\s/.test(prose[position] ?? "")) position++;
  for (let left = count; left > 0; position++) if (/\S/.test(prose[position]!)) left--;
  return position;
}

function retold(pieces: ReadonlyMap<string, Piece>, after: readonly Said[]): string {
  const gaps = [...pieces.values()].map(({ gap }) => gap);
  let next = 0;
  let told = "";
  for (const { id, narration } of after) {
    const piece = pieces.get(id);
    // A paragraph that lost its first segment begins with the one behind.
    const gap = piece ? widest(gaps.slice(next, piece.index + 1)) : "";
    if (piece) next = piece.index + 1;
    const text = piece && visible(piece.text) === visible(narration) ? piece.text : narration.trim();
    if (text === "") continue;
    told = told && gap.includes("\n") ? told + gap + text : joinNarration(told, text);
  }
  return told;
}

function widest(gaps: readonly string[]): string {
  return gaps.reduce((most, gap) => (lines(gap) > lines(most) ? gap : most), "");
}

function lines(gap: string): number {
  return gap.split("\n").length;
}

function allOf(segments: readonly Said[]): string {
  return segments.map(({ narration }) => narration).join(" ");
}

function visible(text: string): string {
  return text.replace(/\s+/g, "");
}
