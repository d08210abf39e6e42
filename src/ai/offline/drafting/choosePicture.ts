import type { Actor, Beat } from "./beat.ts";
import { actionPictures, isAtRest } from "./actionPictures.ts";
import { topicPicture, weatherPicture, weatherView } from "./cutaway.ts";
import { directedPicture } from "./direction.ts";
import { noteCarried, noteHands } from "./held.ts";
import { isFeature } from "../lexicons/features.ts";
import { heldPicture, listeningPicture } from "./listeningPictures.ts";
import { INSERT_SEGMENTS, type Memory } from "./memory.ts";
import { isMusicWord, musicPicture } from "./musicPictures.ts";
import type { Picture } from "./picture.ts";
import { positionPictures, toldPropPicture } from "./positionPictures.ts";
import { bodyPicture, detailPicture, gesturePicture, motifPicture, placePicture, propPicture, speechPicture } from "./quietPictures.ts";
import { ridePicture } from "./ridePictures.ts";
import { thingPicture } from "./thingPictures.ts";

/** The picture of a beat: the strongest thing that can be seen, and that was not shown just now. */
export function choosePicture(beat: Beat, memory: Memory, all: readonly Actor[]): Picture {
  const ordered = beat.direction && directedPicture(beat.direction, [...beat.stage.cast, ...all], { beat, memory });
  if (ordered) return ordered;
  memory.isBare = all.every(({ entity }) => entity.kind !== "prop");
  if (beat.words.length === 0) return wordless(beat, memory);
  noteWhereabouts(beat, memory);
  noteCarried(beat, memory);
  memory.elsewhere = beat.topicPlace ?? memory.elsewhere;
  const picture = freshPicture(beat, memory);
  // What is done now is held from the next picture on.
  noteHands(beat, memory);
  return picture;
}

function freshPicture(beat: Beat, memory: Memory): Picture {
  for (const make of options(beat, memory)) {
    const picture = make();
    if (picture && isFresh(picture, beat, memory)) return picture;
  }
  return lastResort(beat, memory);
}

function isFresh({ key, purpose }: Picture, { index }: Beat, memory: Memory): boolean {
  return purpose === "detail" ? !memory.wasUsedWithin(key, index, INSERT_SEGMENTS) : !memory.wasUsedLately(key, index);
}

const POSTURES: Readonly<Record<string, string>> = { sit: "sit", stand: "stand", lie: "lie", kneel: "kneel", wait: "stand" };

/** What the narration says of who is where. */
function noteWhereabouts({ deeds }: Beat, memory: Memory): void {
  for (const deed of deeds) {
    const { actor, verb, complements } = deed;
    if (actor?.entity.kind !== "character") continue;
    const spot = complements.find(({ preposition, phrase, actor: place }) => SPOT_PREPOSITIONS.has(preposition) && isFeature(phrase.head) && !phrase.isQuoted && place?.entity.kind !== "location");
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

/** What can be shown, the best first: what is done, what is named, who speaks and hears, then the place. */
function options(beat: Beat, memory: Memory): Option[] {
  const actions = actionPictures(beat, memory);
  const strong = actions.filter(({ weight }) => weight >= 2).map(({ picture }) => () => picture);
  const weak = actions.filter(({ weight }) => weight < 2).map(({ picture }) => () => picture);
  const speaker = speakerOf(beat, memory);
  const lead = leadOf(beat);
  const isTold = lead !== undefined && beat.mentioned.includes(lead);
  const props = beat.mentioned.filter(({ entity }) => entity.kind === "prop");
  // Who only has something is shown by what they have.
  const isIdle = actions.length === 0 && !beat.deeds.some(isAtRest);
  const propFirst = beat.topic?.entity.kind === "prop" || isIdle ? props : [];
  return [
    () => ridePicture(beat, memory),
    ...(beat.topic?.entity.kind === "character" ? [] : [() => weatherPicture(beat, memory)]),
    ...(speaker ? [] : strong.slice(0, 1)),
    () => weatherPicture(beat, memory),
    ...(speaker ? [] : strong.slice(1)),
    ...positionPictures(beat, memory).map((picture) => () => picture),
    ...(speaker ? [] : [() => topicPicture(beat, memory)]),
    ...(beat.isFirstOfScene && !isTold ? [() => weatherView(beat, memory) ?? placePicture(beat, memory)] : []),
    ...(speaker ? [() => speechPicture(speaker, beat, memory), ...strong] : []),
    ...weak,
    ...propFirst.map((prop) => () => toldPropPicture(prop, beat, memory) ?? propPicture(prop, beat, memory)),
    ...(beat.words.some(isMusicWord) || memory.wasMusic(beat.index) ? [() => musicPicture(beat, memory)] : []),
    ...(lead && isTold ? [() => gesturePicture(lead, beat, memory)] : []),
    ...props.map((prop) => () => toldPropPicture(prop, beat, memory) ?? propPicture(prop, beat, memory)),
    ...(lead && beat.words.some((word) => SOUNDS.has(word)) ? [() => listeningPicture(lead, undefined, { beat, memory })] : []),
    () => detailPicture(beat, memory, true),
    () => thingPicture(beat, memory),
    ...rest(beat, memory),
    () => motifPicture(beat, memory),
  ];
}

/** What is heard rather than seen. */
const SOUNDS = new Set(["sound", "sounds", "knock", "knocks", "knocking", "bell", "bells", "bark", "barking", "voice", "voices", "footsteps", "whistle", "rumble", "creak", "cry", "echo", "hush", "silence", "noise", "thunder", "heard", "listened"]);

/** Where the narration names nothing to be seen: the people of the scene and its place, in turn. */
function rest(beat: Beat, memory: Memory): Option[] {
  const [first, second] = beat.stage.cast;
  const lead = leadOf(beat);
  const [hearer, teller] = memory.speaker?.tag === first?.tag ? [second, first] : [first, second];
  const isHearing = memory.exchanges > 0 || memory.feeling === "attentive" || memory.feeling === "watchful";
  const cycle: Option[] = [
    () => hearer && teller && listeningPicture(hearer, teller, { beat, memory }),
    () => heldPicture(beat, memory),
    () => lead && gesturePicture(lead, beat, memory),
    () => detailPicture(beat, memory, false),
    () => (first && isHearing ? listeningPicture(first, undefined, { beat, memory }) : undefined),
    () => lead && bodyPicture(lead, beat, memory),
  ];
  const start = beat.index % cycle.length;
  // A symbol stands only where the story has nothing that could.
  return [...(memory.isBare && beat.index % 2 === 1 ? [() => motifPicture(beat, memory)] : []), ...cycle.slice(start), ...cycle.slice(0, start)];
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

/** Music or silence: who plays and who hears it, then the people and the place of the scene. */
function wordless(beat: Beat, memory: Memory): Picture {
  const cycle = [() => musicPicture(beat, memory), ...(beat.isFirstOfScene ? [() => weatherView(beat, memory) ?? placePicture(beat, memory)] : []), ...rest(beat, memory), () => placePicture(beat, memory)];
  for (const make of cycle) {
    const picture = make();
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
