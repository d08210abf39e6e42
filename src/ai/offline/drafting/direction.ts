import { nameMentions } from "./nameMentions.ts";
import type { Actor, Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";
import { staging } from "./staging.ts";
import { sentenceCase } from "../language/inflection.ts";

/** A person's order as a picture: their words are the action, names become tags. */
export function directedPicture(order: string, actors: readonly Actor[], { beat, memory }: { readonly beat: Beat; readonly memory: Memory }): Picture | undefined {
  const kept = sentences(order).filter((sentence) => !isCameraOnly(sentence)).map(asStatement);
  if (kept.length === 0) return undefined;
  const { text, actors: named } = nameMentions(kept.join(" "), actors);
  const subject = named.find(({ entity }) => entity.kind === "character") ?? beat.mentioned.find(({ entity }) => entity.kind === "character");
  const start = subject && !text.startsWith("@") ? `${staging([subject], beat, memory)} ` : "";
  const place = beat.stage.place && !`${start}${text}`.includes(`@${beat.stage.place.tag}`) ? ` The place is @${beat.stage.place.tag}.` : "";
  const isWithEnd = /\bEnd: /.test(text);
  const shown = subject && start ? [subject, ...named.filter(({ tag }) => tag !== subject.tag)] : named;
  const [action = text, end] = isWithEnd ? text.split(/\s*\bEnd:\s*/) : [text];
  return {
    purpose: shown.some(({ entity }) => entity.kind === "character") ? "action" : "detail",
    text: `${start}${sentenceCase(action)}${place}`,
    end: end?.replace(/\.$/, "") ?? "this held still, nothing else moving",
    actors: shown.filter(({ tag }) => tag !== beat.stage.place?.tag),
    key: `direction ${beat.id}`,
  };
}

/** The camera words of an order, to stand in CAMERA; undefined where it has none. */
export function directedCamera(order: string): string | undefined {
  const size = /\b(extreme close-up|medium close-up|close-up|close up|extreme wide shot|wide shot|medium shot|full shot|two-shot|insert|wide|close on|closeup)\b/i.exec(order)?.[1]?.toLowerCase();
  const angle = /\b(from above|overhead|bird'?s[- ]eye|low angle|from below|high angle|over[- ]the[- ]shoulder|point of view|pov)\b/i.exec(order)?.[1]?.toLowerCase();
  const move = /\b(static|push[- ]in|dolly in|dolly out|pull[- ]back|pan left|pan right|tilt up|tilt down|handheld|tracking|crane up|crane down|orbit|zoom in)\b/i.exec(order)?.[1]?.toLowerCase();
  if (!size && !angle && !move) return undefined;
  const lens = size && /close|insert/.test(size) ? "75 mm, shallow focus" : size?.includes("wide") ? "24 mm, deep focus" : "40 mm, moderate focus depth";
  return [sentenceCase(SIZES[size ?? ""] ?? size ?? "medium shot"), ANGLES[angle ?? ""] ?? angle ?? "eye level", lens, MOVES[move ?? ""] ?? move ?? "static"].join(", ");
}

const SIZES: Readonly<Record<string, string>> = { "close on": "close-up", "close up": "close-up", closeup: "close-up", wide: "wide shot", insert: "insert close-up" };
const ANGLES: Readonly<Record<string, string>> = { "from above": "overhead angle", overhead: "overhead angle", "from below": "low angle", "point of view": "eye level from a point of view", pov: "eye level from a point of view" };
const MOVES: Readonly<Record<string, string>> = { "push in": "slow push-in", "push-in": "slow push-in", "pull back": "slow dolly out", "pull-back": "slow dolly out", handheld: "light handheld", tracking: "tracking alongside" };

function sentences(text: string): string[] {
  return text.replace(/\s+/g, " ").match(/[^.!?]+[.!?]*/g)?.map((sentence) => sentence.trim()).filter(Boolean) ?? [];
}

/** `Wide shot, static.`: an order to the camera alone. */
function isCameraOnly(sentence: string): boolean {
  return directedCamera(sentence) !== undefined && sentence.split(" ").length <= 4;
}

function asStatement(sentence: string): string {
  const plain = sentence.replace(/^(?:please,?\s+|show(?: us)?\s+|let us see\s+|we see\s+|let's see\s+|make (?:it|sure)\s+)/i, "");
  return /[.!?]$/.test(plain) ? plain.replace(/[!?]+$/, ".") : `${plain}.`;
}
