import { RIDES } from "../lexicons/quiet.ts";
import type { Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";
import { againWords, fill, objectWords } from "./slots.ts";
import { otherSide, sideOf } from "./staging.ts";
import { sentenceCase } from "../language/inflection.ts";

const VEHICLES = new Set(["boat", "rowboat", "ferry", "ship", "canoe", "raft", "train", "tram", "bus", "car", "cart", "carriage", "truck", "wagon"]);
const MOVING = new Set(["slide", "glide", "drift", "come", "go", "move", "roll", "pass", "float", "sail", "drive", "turn", "appear", "arrive", "leave", "creep"]);

/** `the green boat slid in under the bridge, Anton upright in it`: the vehicle and who is in it. */
export function ridePicture(beat: Beat, memory: Memory): Picture | undefined {
  const deed = beat.deeds.find(({ subject, verb }) => subject !== undefined && VEHICLES.has(subject.head) && MOVING.has(verb));
  const acting = new Set(beat.deeds.map(({ actor }) => actor?.tag));
  const rider = beat.mentioned.find(({ entity, tag }) => entity.kind === "character" && !acting.has(tag));
  const [row] = memory.freshest(RIDES, ({ action }) => action);
  if (!deed?.subject || !rider || !row) return undefined;
  const vehicle = objectWords(deed.subject, deed.actor, "its");
  if (!vehicle) return undefined;
  const side = sideOf(rider.tag, beat.stage);
  const at = deed.complements.find(({ actor }) => actor?.entity.kind === "location");
  const way = at?.actor ? `${at.preposition} @${at.actor.tag}` : (beat.stage.place?.where ?? "");
  const slots = { v: againWords(vehicle), V: sentenceCase(vehicle), s: `@${rider.tag}`, side, dir: `from ${otherSide(side)} to ${side}`, way };
  const [text, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!text || !end) return undefined;
  return { purpose: "view", text: `${text}.`, end, actors: [rider, ...(deed.actor ? [deed.actor] : [])], key: `${row.action}|${vehicle}` };
}
