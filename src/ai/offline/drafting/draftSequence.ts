import type { SegmentDraft } from "../../../core/segmentDraft.ts";
import { tagsIn } from "../../../core/tags.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import { isEnglish, narrationOf, giveWay } from "../narration.ts";
import type { Actor, Beat, Stage } from "./beat.ts";
import { BeatReader } from "./beatReader.ts";
import { actorOf } from "./stages.ts";
import { cameraFor, openingOf, purposeOf } from "./camera.ts";
import { choosePicture } from "./choosePicture.ts";
import { directedCamera } from "./direction.ts";
import { lightingFor, stylePhraseOf } from "./lighting.ts";
import { Memory } from "./memory.ts";
import { feelingOf, moodText } from "./mood.ts";
import { nameMentions } from "./nameMentions.ts";
import { remember, type Picture } from "./picture.ts";
import { usableTag } from "../extraction/entities.ts";

/** Drafts that are made before other work gets its turn. */
const DRAFTS_PER_TURN = 25;

/**
 * All drafts of a story, made from the first on, since a picture depends on those before it.
 * Whoever asks, and in which order: a draft is made once and depends on the story alone.
 */
export class DraftSequence {
  readonly #story: StoryBrief;
  readonly #drafts: SegmentDraft[] = [];
  readonly #memory = new Memory();
  readonly #actors: readonly Actor[];
  readonly #stylePhrase: string | undefined;
  #reader: BeatReader | undefined;

  constructor(story: StoryBrief) {
    this.#story = story;
    this.#actors = [...story.assets.keys()].flatMap((id) => actorOf(story.assets, usableTag(id, story.assets.get(id))) ?? []);
    this.#stylePhrase = stylePhraseOf(story.style.text);
  }

  async draft(index: number, signal: AbortSignal): Promise<SegmentDraft> {
    const read = await narrationOf(this.#story.timing.segments, isEnglish(this.#story.settings.language)).readAll(signal);
    this.#reader ??= new BeatReader(this.#story, read);
    while (this.#drafts.length <= index) {
      signal.throwIfAborted();
      this.#drafts.push(this.#next(this.#reader));
      if (this.#drafts.length % DRAFTS_PER_TURN === 0) await giveWay();
    }
    signal.throwIfAborted();
    return this.#drafts[index]!;
  }

  #next(reader: BeatReader): SegmentDraft {
    const beat = reader.readBeat(this.#drafts.length);
    const memory = this.#memory;
    memory.enter(beat.stage);
    memory.feeling = feelingOf(beat, memory);
    const picture = choosePicture(beat, memory, this.#actors);
    remember(picture, beat, memory);
    const camera = directedCamera(beat.direction ?? "") ?? cameraFor(beat.isFirstOfScene ? openingOf(picture) : purposeOf(picture), { beat, picture }, memory);
    memory.cameraText = camera;
    const stage = picture.stage ?? beat.stage;
    const visualPrompt = `${picture.text}${this.#note(beat, picture)} End: ${picture.end}.`;
    const hasBody = picture.actors.some(({ entity }) => entity.kind === "character");
    return {
      id: beat.id,
      visualPrompt,
      cameraWork: `${camera}.`,
      lighting: lightingFor(stage, lookPhrase(beat) ?? this.#stylePhrase),
      mood: moodText(memory.feeling, { beat, memory, hasBody }),
      usedAssets: usedTags(picture, stage, visualPrompt),
    };
  }

  /** What a person noted for the scene is true of each of its pictures. */
  #note({ stage }: Beat, { actors }: Picture): string {
    if (!stage.note) return "";
    const { text } = nameMentions(stage.note.replace(/\s+/g, " ").trim().replace(/[.!]+$/, ""), [...stage.cast, ...actors, ...this.#actors]);
    return text ? ` Throughout: ${text}.` : "";
  }
}

function lookPhrase({ stage }: Beat): string | undefined {
  return stage.look === undefined ? undefined : stylePhraseOf(stage.look);
}

function usedTags({ actors }: Picture, stage: Stage, text: string): string[] {
  const inText = new Set(tagsIn(text));
  const named = [...actors.map(({ tag }) => tag), ...(stage.place ? [stage.place.tag] : []), ...inText];
  return [...new Set(named)].filter((tag) => inText.has(tag));
}

const SEQUENCES = new WeakMap<StoryBrief, DraftSequence>();

/** The drafts of this story; the same object is drafted once. */
export function draftsOf(story: StoryBrief): DraftSequence {
  const known = SEQUENCES.get(story) ?? new DraftSequence(story);
  SEQUENCES.set(story, known);
  return known;
}
