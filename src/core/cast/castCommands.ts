import type { Asset, AssetImage } from "../documents/assetDocument.ts";
import { StoryDirectorError } from "../errors.ts";
import { isId } from "../ids.ts";
import { sceneRanges, type Story } from "../story.ts";
import { assetName, stateName, tagsIn } from "../tags.ts";
import type { CastEdit } from "./castEdit.ts";

/** The cast cannot be changed like that; nothing was changed. */
export class CastError extends StoryDirectorError {}

/** What a person can do to an asset. */
export type CastCommand =
  | { readonly do: "rename"; readonly id: string; readonly newId: string; readonly name: string }
  /** `id` goes; all that named it names `into`. */
  | { readonly do: "merge"; readonly id: string; readonly into: string }
  /** Tags of the asset become words. */
  | { readonly do: "delete"; readonly id: string }
  | { readonly do: "describe"; readonly id: string; readonly state?: string | undefined; readonly description: string }
  | { readonly do: "picture"; readonly id: string; readonly image: AssetImage };

/** What the command means for the story. @throws {CastError} where it cannot be done */
export function planCastEdit(story: Story, command: CastCommand): CastEdit {
  switch (command.do) {
    case "rename":
      return renamed(story, command);
    case "merge":
      return merged(story, command);
    case "delete":
      return deleted(story, command.id);
    case "describe":
      return described(story, command);
    case "picture":
      return pictured(story, command);
  }
}

/** Where an asset is used: what a person is told before it goes. */
export interface AssetUses {
  readonly segments: readonly string[];
  /** `from` of the scenes. */
  readonly scenes: readonly string[];
}

export function usesOf({ segments, scenes }: Story, id: string): AssetUses {
  const isOfAsset = (tag: string) => assetName(tag) === id;
  return {
    segments: [...segments.values()].filter(({ front, sections }) => [...(front.usedAssets ?? []), ...[...sections.values()].flatMap(tagsIn)].some(isOfAsset)).map((file) => file.id),
    scenes: scenes.filter(({ place, cast }) => [place, ...cast].some(isOfAsset)).map(({ from }) => from),
  };
}

function assetOf({ assets }: Story, id: string): Asset {
  const asset = assets.get(id);
  if (!asset) throw new CastError(`There is no asset @${id}`, { hint: `Known are ${[...assets.keys()].map((known) => `@${known}`).join(", ") || "none yet"}.` });
  return asset;
}

const SAME = (tag: string) => tag;

function renamed(story: Story, { id, newId, name }: CastCommand & { do: "rename" }): CastEdit {
  const asset = assetOf(story, id);
  if (name.trim() === "") throw new CastError("The name is empty", { hint: `Give @${id} a name for people, such as ${asset.name}.` });
  if (!isId(newId)) throw new CastError(`"${newId}" cannot be a tag`, { hint: "Use up to 63 of a-z, 0-9, _ and -, starting with a letter or digit." });
  const rest = [...story.assets].filter(([other]) => other !== id);
  const isTaken = rest.some(([other]) => other === newId);
  if (isTaken) throw new CastError(`@${newId} is there already`, { hint: `Choose another tag, or merge @${id} into @${newId}.` });
  // What the narration calls it stays known.
  const aliases = withoutDoubles([...asset.aliases, ...(name === asset.name ? [] : [asset.name])], [name]);
  const assets = inOrder([...rest, [newId, { ...asset, id: newId, name, aliases }]]);
  if (newId === id) return { assets, retag: SAME };
  return { assets, retag: moved(id, newId), formerIds: new Map([[newId, id]]) };
}

function merged(story: Story, { id, into }: CastCommand & { do: "merge" }): CastEdit {
  const asset = assetOf(story, id);
  const target = assetOf(story, into);
  if (id === into) throw new CastError(`@${id} cannot be merged with itself`, { hint: "Choose another asset to merge it into." });
  if (asset.kind !== target.kind) {
    throw new CastError(`@${id} is a ${asset.kind}, and @${into} a ${target.kind}`, { hint: "Only assets of one kind can be merged; change the kind in one of the two files first." });
  }
  const newStates = [...asset.states].filter(([state]) => !target.states.has(state));
  const next: Asset = {
    ...target,
    aliases: withoutDoubles([...target.aliases, asset.name, ...asset.aliases], [target.name]),
    description: target.description || asset.description,
    states: new Map([...target.states, ...newStates]),
    images: [...target.images, ...asset.images.filter(({ state }) => newStates.some(([name]) => name === state))],
  };
  const assets = inOrder([...story.assets].flatMap(([other, value]): [string, Asset][] => (other === id ? [] : [[other, other === into ? next : value]])));
  return { assets, retag: moved(id, into) };
}

function deleted(story: Story, id: string): CastEdit {
  assetOf(story, id);
  const scene = sceneRanges(story.scenes, story.timing.segments).find(({ scene: { place } }) => assetName(place) === id);
  if (scene) {
    throw new CastError(`The scene from ${scene.scene.from} plays in @${id}`, { hint: `Let it play elsewhere in scene-plan.yaml, or merge @${id} into another location.` });
  }
  return { assets: new Map([...story.assets].filter(([other]) => other !== id)), retag: (tag) => (assetName(tag) === id ? undefined : tag) };
}

function described(story: Story, { id, state, description }: CastCommand & { do: "describe" }): CastEdit {
  const asset = assetOf(story, id);
  if (state !== undefined && !isId(state)) throw new CastError(`"${state}" cannot be the name of a state`, { hint: "Use a-z, 0-9, _ and -, e.g. old." });
  if (description.trim() === "") throw new CastError(`@${state === undefined ? id : `${id}/${state}`} needs a description`, { hint: "Write what a camera would see." });
  const next = state === undefined ? { ...asset, description: description.trim() } : { ...asset, states: new Map([...asset.states, [state, description.trim()]]) };
  return { assets: replaced(story, next), retag: SAME, byHand: new Set([id]) };
}

function pictured(story: Story, { id, image }: CastCommand & { do: "picture" }): CastEdit {
  const asset = assetOf(story, id);
  const others = asset.images.filter(({ state, role }) => state !== image.state || role !== image.role);
  return { assets: replaced(story, { ...asset, images: [image, ...others] }), retag: SAME };
}

function replaced({ assets }: Story, next: Asset): Map<string, Asset> {
  return new Map([...assets].map(([id, asset]) => [id, id === next.id ? next : asset]));
}

function moved(from: string, to: string): (tag: string) => string {
  return (tag) => {
    if (assetName(tag) !== from) return tag;
    const state = stateName(tag);
    return state === undefined ? to : `${to}/${state}`;
  };
}

/** Assets stand in the order of their files. */
function inOrder(entries: readonly (readonly [string, Asset])[]): Map<string, Asset> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutDoubles(names: readonly string[], known: readonly string[]): string[] {
  const seen = new Set(known.map((name) => name.toLowerCase()));
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}
