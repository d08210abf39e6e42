import { HELD_INSERTS, LISTENING } from "../lexicons/quiet.ts";
import type { Actor, Beat } from "./beat.ts";
import { INSERT_SEGMENTS, type Memory } from "./memory.ts";
import { perform, type Picture } from "./picture.ts";
import { actorSlots, fill } from "./slots.ts";
import { sideOf } from "./staging.ts";

/** Somebody who hears what is told: with the one who speaks, or alone, listening out of the picture. */
export function listeningPicture(actor: Actor, other: Actor | undefined, { beat, memory }: { readonly beat: Beat; readonly memory: Memory }): Picture | undefined {
  if (actor.entity.kind !== "character" || actor.entity.isCreature || actor.entity.isGroup) return undefined;
  const rows = LISTENING.filter((row) => row.with === (other ? "other" : "alone") && !memory.wasUsedLately(`${row.action}|${actor.tag}`, beat.index));
  const [row] = memory.freshest(rows, ({ action }) => action);
  if (!row) return undefined;
  const slots = { ...actorSlots(actor), side: sideOf(actor.tag, beat.stage), ...(other ? { o: `@${other.tag}` } : {}) };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return undefined;
  return perform({ actor, other, action, end, posture: "", purpose: other ? "two" : "face", key: `${row.action}|${actor.tag}` }, beat, memory);
}

/** Hands of somebody of the scene with what they hold. */
export function heldPicture(beat: Beat, memory: Memory): Picture | undefined {
  const holder = beat.stage.cast.find(({ tag }) => memory.held.has(tag));
  const prop = holder && memory.held.get(holder.tag);
  if (!prop) return undefined;
  const rows = HELD_INSERTS.filter(({ action }) => !memory.wasUsedWithin(action, beat.index, INSERT_SEGMENTS) && (!action.includes("coat") || holder.description.includes("coat")));
  const [row] = memory.freshest(rows, ({ action }) => action);
  const slots = { ...actorSlots(holder), o: `@${prop.tag}`, O: `@${prop.tag}` };
  const [text, end] = row ? [fill(row.action, slots), fill(row.end, slots)] : [];
  if (!row || !text || !end) return undefined;
  const place = beat.stage.place ? ` ${beat.stage.place.where}` : "";
  return { purpose: "detail", text: `${text.replace(/^(.*?)(?=\.)/, `$1${place}`)}.`, end, actors: [holder, prop], key: `${row.action}|${prop.tag}` };
}
