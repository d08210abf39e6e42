import { MUSIC_VIEWS } from "../lexicons/quiet.ts";
import type { Actor, Beat } from "./beat.ts";
import { beatAt, shownAt } from "./cutaway.ts";
import type { Memory } from "./memory.ts";
import { perform, type Picture } from "./picture.ts";
import { actorSlots, fill } from "./slots.ts";
import { sideOf } from "./staging.ts";

const MUSIC_WORDS = new Set(["note", "notes", "tune", "tunes", "song", "melody", "music", "chord", "chords", "plays", "played", "playing"]);

const INSTRUMENTS = /\b(?:trumpet|cornet|bugle|violin|fiddle|guitar|piano|drum|flute)\b/;

export function isInstrument({ entity }: Actor): boolean {
  return entity.kind === "prop" && entity.names.some((name) => INSTRUMENTS.test(name));
}

export function isMusicWord(word: string): boolean {
  return MUSIC_WORDS.has(word);
}

/** Music that is told of, or fills a silence: the player, hands, listeners, the place. Undefined where nobody here plays. */
export function musicPicture(beat: Beat, memory: Memory): Picture | undefined {
  const { player, instrument } = memory;
  if (!player || !instrument || !beat.stage.cast.some(({ tag }) => tag === player.tag)) return undefined;
  const rows = MUSIC_VIEWS.filter(({ action }) => !memory.wasUsedLately(`${action}|${player.tag}`, beat.index));
  for (const row of memory.freshest(rows, ({ kind }) => `music ${kind}`)) {
    const picture = viewOf(row, { player, instrument, beat, memory });
    if (!picture) continue;
    memory.use(`music ${row.kind}`, beat.index);
    if (beat.words.some(isMusicWord)) memory.musicAt = beat.index;
    return picture;
  }
  return undefined;
}

interface Playing {
  readonly player: Actor;
  readonly instrument: Actor;
  readonly beat: Beat;
  readonly memory: Memory;
}

function viewOf(row: (typeof MUSIC_VIEWS)[number], { player, instrument, beat, memory }: Playing): Picture | undefined {
  const key = `${row.action}|${player.tag}`;
  const { cast } = beat.stage;
  const actor = row.kind === "listener" ? cast.find(({ tag, entity }) => tag !== player.tag && entity.kind === "character" && !entity.isCreature) : player;
  if (!actor) return undefined;
  // Where they hear it: the place that was spoken of last.
  const there = row.kind === "away" && memory.elsewhere ? beatAt(memory.elsewhere, beat) : beat;
  if (row.kind === "away" && (there === beat || there.stage.place?.kind !== "out")) return undefined;
  const place = there.stage.place;
  const p = place && `@${place.tag}`;
  const slots = { ...actorSlots(actor), o: `@${instrument.tag}`, side: sideOf(actor.tag, beat.stage), ...(p ? { p, P: p } : {}) };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return undefined;
  switch (row.kind) {
    case "player":
    case "listener":
      return perform({ actor, props: row.kind === "player" ? [instrument] : [], action, end, posture: "", purpose: row.kind === "player" ? "action" : "face", key }, beat, memory);
    case "place":
      return { purpose: "view", text: `${action}.`, end, actors: [player, instrument], key };
    case "away":
      return shownAt({ purpose: "view", text: `${action}.`, end, actors: [], key }, there);
    default:
      return { purpose: "detail", text: `${action}.`, end, actors: [player, instrument], key };
  }
}
