import type { Actor, Beat } from "./beat.ts";
import { actionPictures, isAtRest } from "./actionPictures.ts";
import { directedPicture } from "./direction.ts";
import { isFeature } from "../lexicons/features.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";
import { bodyPicture, detailPicture, gesturePicture, motifPicture, placePicture, propPicture, speechPicture } from "./quietPictures.ts";

/** The picture of a beat: the strongest thing that can be seen, and that was not shown just now. */
export function choosePicture(beat: Beat, memory: Memory, all: readonly Actor[]): Picture {
  const ordered = beat.direction && directedPicture(beat.direction, [...beat.stage.cast, ...all], { beat, memory });
  if (ordered) return ordered;
  if (beat.words.length === 0) return wordless(beat, memory);
  noteWhereabouts(beat, memory);
  for (const make of options(beat, memory)) {
    const picture = make();
    if (picture && !memory.wasUsedLately(picture.key, beat.index)) return picture;
  }
  return lastResort(beat, memory);
}

const INSTRUMENTS = /\b(?:trumpet|cornet|bugle|violin|fiddle|guitar|piano|drum|flute)\b/;
const POSTURES: Readonly<Record<string, string>> = { sit: "sit", stand: "stand", lie: "lie", kneel: "kneel", wait: "stand" };

/** What the narration says of who is where, and which instrument is at hand. */
function noteWhereabouts({ deeds, mentioned }: Beat, memory: Memory): void {
  memory.instrument = mentioned.find(({ entity }) => entity.kind === "prop" && entity.names.some((name) => INSTRUMENTS.test(name))) ?? memory.instrument;
  for (const deed of deeds) {
    const { actor, verb, complements } = deed;
    if (actor?.entity.kind !== "character") continue;
    const spot = complements.find(({ preposition, phrase }) => SPOT_PREPOSITIONS.has(preposition) && isFeature(phrase.head) && !phrase.isQuoted);
    if (spot) memory.toldSpots.set(actor.tag, spotWords(spot.preposition, spot.phrase));
    if (isAtRest(deed) && POSTURES[verb]) memory.setPosture(actor.tag, POSTURES[verb]);
  }
}

const SPOT_PREPOSITIONS = new Set(["on", "at", "by", "beside", "under", "in", "behind", "near", "against", "before", "onto", "upon"]);

/** What one can be on; everything else one is beside. */
const CARRIES = new Set(["bench", "chair", "bed", "stair", "step", "path", "grass", "fountain", "stone", "log", "bollard", "boat", "couch", "seat", "board", "balcony", "rock", "sand", "dune", "crate"]);

function spotWords(preposition: string, phrase: Beat["phrases"][number]): string {
  const isOn = ["on", "onto", "upon"].includes(preposition);
  return `${!isOn ? preposition : CARRIES.has(phrase.head) ? "on" : "by"} the ${phrase.isPlural ? phrase.lastWord.toLowerCase() : phrase.head}`;
}

type Option = () => Picture | undefined;

function options(beat: Beat, memory: Memory): Option[] {
  const actions = actionPictures(beat, memory);
  const strong = actions.filter(({ weight }) => weight >= 2).map(({ picture }) => () => picture);
  const weak = actions.filter(({ weight }) => weight < 2).map(({ picture }) => () => picture);
  const speaker = speakerOf(beat, memory);
  const lead = leadOf(beat);
  const isTold = lead !== undefined && beat.mentioned.includes(lead);
  const props = beat.mentioned.filter(({ entity }) => entity.kind === "prop");
  return [
    ...(speaker ? [] : strong),
    ...(beat.isFirstOfScene && !isTold ? [() => placePicture(beat, memory)] : []),
    ...(speaker ? [() => speechPicture(speaker, beat, memory), ...strong] : []),
    ...weak,
    ...(lead && isTold && beat.index % 4 !== 3 ? [() => gesturePicture(lead, beat, memory)] : []),
    () => motifPicture(beat, memory),
    ...props.map((prop) => () => propPicture(prop, beat, memory)),
    () => detailPicture(beat, memory, true),
    ...(lead && (isTold || beat.index % 3 !== 2) ? [() => gesturePicture(lead, beat, memory)] : []),
    ...(beat.index % 2 === 0 && lead ? [() => bodyPicture(lead, beat, memory)] : []),
    () => detailPicture(beat, memory, false),
  ];
}

/** Who speaks: the one the narration names, else the one who spoke before, else who leads the scene. */
function speakerOf(beat: Beat, memory: Memory): Actor | undefined {
  if (!beat.speech) return undefined;
  const speaker = beat.speech.speaker ?? memory.speaker ?? leadOf(beat);
  memory.speaker = speaker;
  return speaker?.entity.kind === "character" ? speaker : undefined;
}

/** Whose scene it is: who is mentioned, else who comes first in the cast. */
function leadOf({ mentioned, stage }: Beat): Actor | undefined {
  return mentioned.find(({ entity }) => entity.kind === "character") ?? stage.cast[0];
}

/** Music or silence: places, things, hands; nobody speaks. */
function wordless(beat: Beat, memory: Memory): Picture {
  const [lead] = beat.stage.cast;
  const cycle: Option[] = [
    () => detailPicture(beat, memory, false),
    () => (lead ? bodyPicture(lead, beat, memory) : undefined),
    () => placePicture(beat, memory),
    () => (lead ? gesturePicture(lead, beat, memory) : undefined),
  ];
  const start = beat.isFirstOfScene ? 2 : beat.index % cycle.length;
  for (let step = 0; step < cycle.length; step++) {
    const picture = cycle[(start + step) % cycle.length]!();
    if (picture && !memory.wasUsedLately(picture.key, beat.index)) return picture;
  }
  return lastResort(beat, memory);
}

/** When everything was shown lately: what was shown longest ago. */
function lastResort(beat: Beat, memory: Memory): Picture {
  const lead = leadOf(beat);
  if (beat.speech && lead?.entity.kind === "character") return speechPicture(memory.speaker ?? lead, beat, memory) ?? gesturePicture(lead, beat, memory) ?? BARE_WALL;
  const picture = (lead && gesturePicture(lead, beat, memory)) ?? placePicture(beat, memory) ?? detailPicture(beat, memory, false);
  return picture ?? BARE_WALL;
}

/** For a story without place and people. */
const BARE_WALL: Picture = { purpose: "detail", text: "A bar of light moves slowly across a bare wall from left to right.", end: "the light resting in the corner", actors: [], key: "bare wall" };
