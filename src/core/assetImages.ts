import type { Asset, AssetImage } from "./documents/assetDocument.ts";
import { resolveTag } from "./story.ts";
import { stateName } from "./tags.ts";

/** The tags of an asset that are described but have no image, in the order in which they are to be made: `maria`, `maria/old`. */
export function tagsWithoutImage(asset: Asset): string[] {
  return tagsOf(asset).filter((tag) => !hasImage(asset, tag));
}

/** Whether one of the asset's images shows it in the state of the tag. */
export function hasImage({ images }: Asset, tag: string): boolean {
  return images.some(({ state }) => state === stateName(tag));
}

/** How many images the assets have. */
export function countImages(assets: Iterable<Asset>): number {
  return [...assets].reduce((sum, { images }) => sum + images.length, 0);
}

/**
 * The images that a new one may be drawn from, the best first: those of the asset without a state,
 * for they are what all its states have in common.
 */
export function referencesFor({ images }: Asset): AssetImage[] {
  return [...images.filter(({ state }) => state === undefined), ...images.filter(({ state }) => state !== undefined)];
}

function tagsOf(asset: Asset): string[] {
  const tags = [asset.id, ...[...asset.states.keys()].map((state) => `${asset.id}/${state}`)];
  return tags.filter((tag) => resolveTag(new Map([[asset.id, asset]]), tag));
}
