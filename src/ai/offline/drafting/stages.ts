import type { Asset } from "../../../core/documents/assetDocument.ts";
import type { Scene } from "../../../core/documents/scenePlanDocument.ts";
import { resolveTag, sceneRanges } from "../../../core/story.ts";
import { assetName } from "../../../core/tags.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import { entityOfAsset, usableTag } from "../extraction/entities.ts";
import { placeInText, placeNoun } from "../lexicons/places.ts";
import { featuresIn } from "../lexicons/features.ts";
import type { Actor, Setting, Stage } from "./beat.ts";

export function actorOf(assets: ReadonlyMap<string, Asset>, tag: string): Actor | undefined {
  const resolved = resolveTag(assets, tag);
  return resolved && { tag, entity: entityOfAsset(resolved.asset), description: resolved.description };
}

/** The stage of every segment; undefined where no scene is planned. */
export function stagesOf(story: StoryBrief): (Stage | undefined)[] {
  const { segments } = story.timing;
  const stages = segments.map((): Stage | undefined => undefined);
  sceneRanges(story.scenes, segments).forEach(({ scene, first, last }, number) => stages.fill(stageOf(story, scene, { number, first }), first, last + 1));
  return afterLandings(stages, segments);
}

/** Who has come down at the bottom falls no longer. */
function afterLandings(stages: readonly (Stage | undefined)[], segments: StoryBrief["timing"]["segments"]): (Stage | undefined)[] {
  let landedIn: string | undefined;
  return stages.map((stage, index) => {
    const place = stage?.place;
    if (place?.kind !== "drop") landedIn = undefined;
    else if (LANDING.test(segments[index]!.narration)) landedIn = place.tag;
    return stage && place && place.tag === landedIn ? { ...stage, place: { ...place, kind: "under" } } : stage;
  });
}

const LANDING = /\b(?:(?:the|her|his|their|its) fall was over|landed|(?:hit|struck|touched|reached) (?:the )?(?:ground|bottom|floor)|down (?:she|he|it|they) came)\b/i;

/** A square is a place to be in, a bank one to be on. */
function prepositionOf(description: string): string {
  // Nobody stands in a river.
  if (/\b(?:river|stream|brook|canal|pond|lake)\b/.test(description.toLowerCase().split(/[,;.]/)[0]!)) return "by";
  const head = description.toLowerCase().split(/[,;.]|\b(?:with|of|above|between|below)\b/)[0]!;
  return /\b(?:bank|riverbank|shore|beach|coast|hill|hillside|hilltop|ridge|cliff|mountain|rooftop|roof|terrace|balcony|bridge|footbridge|deck|pier|jetty|quay|platform|stage|plain|island|sea|ocean|road)\b/.test(head) ? "on" : "in";
}

/** A place as pictures need it; undefined where the tag is nobody's. */
export function settingOf({ assets }: Pick<StoryBrief, "assets">, tag: string): Setting | undefined {
  const place = resolveTag(assets, tag);
  if (!place) return undefined;
  const row = placeNoun(place.asset.name.toLowerCase().replace(/ /g, "-")) ?? placeInText(`${place.asset.name} ${place.description}`);
  return { tag, description: place.description, kind: row?.kind ?? "out", where: `${prepositionOf(place.description)} @${tag}`, features: featuresIn(place.description).filter(({ noun }) => !isItself(noun, place.asset)) };
}

/** Nobody is beside the boat in the boat. */
function isItself(noun: string, { name, id }: Asset): boolean {
  return [name.toLowerCase().split(" ").at(-1), id].includes(noun);
}

function stageOf(story: StoryBrief, scene: Scene, { number, first }: { readonly number: number; readonly first: number }): Stage {
  return {
    place: settingOf(story, scene.place),
    time: scene.time,
    cast: scene.cast.flatMap((tag) => actorOf(story.assets, tag) ?? actorOf(story.assets, usableTag(assetName(tag), story.assets.get(assetName(tag)))) ?? []),
    note: scene.note,
    look: scene.look === undefined ? undefined : story.style.looks.get(scene.look),
    number,
    first,
  };
}
