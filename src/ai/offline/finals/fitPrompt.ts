import { measureLength, type OutputProfile } from "../../../core/outputs.ts";

/** What a final prompt says, before a profile words it. Empty texts are left out. */
export interface PromptContent {
  readonly subjects: readonly string[];
  readonly places: readonly string[];
  readonly action: string;
  readonly end: string;
  readonly camera: string;
  readonly light: string;
  readonly mood: string;
  readonly sound: string;
  readonly text: string;
}

type Limit = OutputProfile["promptLimit"];

/** The longest wording that is within the limit; camera, action and end state are the last to be shortened. */
export function fitted(content: PromptContent, limit: Limit, assemble: (content: PromptContent) => string): string {
  let current = content;
  let text = assemble(current);
  while (measureLength(text, limit.unit) > limit.max) {
    const excess = measureLength(text, limit.unit) - limit.max;
    const next = shorter(current, excess);
    if (!next) return cut(text, limit);
    current = next;
    text = assemble(current);
  }
  return text;
}

/** One step shorter: least important first. @param excess What is too much, so that a long text is cut in few steps. */
function shorter(content: PromptContent, excess: number): PromptContent | undefined {
  const looks = shorterLooks(content, { excess, fewest: 4 });
  if (looks) return looks;
  if (clauseCount(content.mood) > 1) return { ...content, mood: dropClauses(content.mood, 1) };
  if (clauseCount(content.light) > 2) return { ...content, light: dropClauses(content.light, 1) };
  if (content.mood) return { ...content, mood: "" };
  const barer = shorterLooks(content, { excess, fewest: 1 });
  if (barer) return barer;
  if (content.light) return { ...content, light: "" };
  if (content.sound && content.sound !== "no dialogue, no music") return { ...content, sound: content.sound.includes("no dialogue") ? "no dialogue, no music" : "" };
  const worded = longestLook(content);
  if (worded && worded.look.split(" ").length > 6) return withLook(content, { ...worded, look: worded.look.split(" ").slice(0, 6).join(" ") });
  return undefined;
}

interface Shortening {
  readonly excess: number;
  /** Parts of a look that are left. */
  readonly fewest: number;
}

/** Trailing parts of the longest look that has parts to spare. */
function shorterLooks(content: PromptContent, { excess, fewest }: Shortening): PromptContent | undefined {
  const longest = longestLook(content, (look) => clauseCount(look) > fewest);
  if (!longest) return undefined;
  const parts = longest.look.split(CLAUSE);
  // About one part in fifty characters too many; the rest in the next step.
  const count = Math.max(1, Math.min(parts.length - fewest, Math.floor(excess / 200)));
  return withLook(content, { ...longest, look: dropClauses(longest.look, count) });
}

interface PlacedLook {
  readonly list: "subjects" | "places";
  readonly index: number;
  readonly look: string;
}

function longestLook({ subjects, places }: PromptContent, fits: (look: string) => boolean = () => true): PlacedLook | undefined {
  const all = [
    ...subjects.map((look, index): PlacedLook => ({ list: "subjects", index, look })),
    ...places.map((look, index): PlacedLook => ({ list: "places", index, look })),
  ].filter(({ look }) => fits(look));
  return all.reduce<PlacedLook | undefined>((best, item) => (!best || item.look.length > best.look.length ? item : best), undefined);
}

function withLook(content: PromptContent, { list, index, look }: PlacedLook): PromptContent {
  return { ...content, [list]: content[list].map((other, place) => (place === index ? look : other)) };
}

const CLAUSE = /[,;.]\s+/;

function clauseCount(text: string): number {
  return text.split(CLAUSE).filter(Boolean).length;
}

function dropClauses(text: string, count: number): string {
  let end = text.replace(/[.\s]+$/, "");
  for (let step = 0; step < count; step++) {
    const last = [...end.matchAll(/[,;.]\s+/g)].at(-1);
    if (!last) break;
    end = end.slice(0, last.index);
  }
  return end;
}

/** Nothing left to leave out: the end goes, at a word where there is one. */
function cut(text: string, { max, unit }: Limit): string {
  if (unit === "words") return text.split(/\s+/).slice(0, max).join(" ");
  let kept = "";
  let length = 0;
  for (const character of text) {
    length += measureLength(character, unit);
    if (length > max) break;
    kept += character;
  }
  const word = kept.replace(/\s+\S*$/, "");
  return word.length > kept.length / 2 ? word : kept;
}
