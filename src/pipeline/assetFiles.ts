import pLimit, { type LimitFunction } from "p-limit";
import { parseAsset, type Asset } from "../core/documents/assetDocument.ts";
import { assetPath } from "../core/storyFolder.ts";
import type { SaveOutcome, StoryStore } from "./ports.ts";

/**
 * The assets of a run and their files. Whoever in a run writes an asset does it here: a state that
 * is appended and an image that is added would otherwise take each other for a person's edit.
 */
export interface AssetFiles {
  /** The assets of the story, and what the run has made of them so far. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Does the work when no other is under way on this asset. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
  readText(name: string): Promise<string | undefined>;
  /** The text that this run wrote last; undefined where it wrote none. */
  writtenText(name: string): string | undefined;
  save(name: string, text: string, previousText: string | undefined): Promise<SaveOutcome>;
  /** The asset counts as this from now on. */
  set(asset: Asset): void;
}

export function createAssetFiles(story: ReadonlyMap<string, Asset>, store: StoryStore): AssetFiles {
  const assets = new Map(story);
  const written = new Map<string, string>();
  const turns = new Map<string, LimitFunction>();
  return {
    assets,
    inTurn(name, work) {
      const turn = turns.get(name) ?? pLimit(1);
      turns.set(name, turn);
      return turn(work);
    },
    readText: (name) => store.readText(assetPath(name)),
    writtenText: (name) => written.get(name),
    async save(name, text, previousText) {
      const outcome = await store.saveAsset(name, text, previousText);
      if (outcome === "saved") written.set(name, text);
      return outcome;
    },
    set: (asset) => void assets.set(asset.id, asset),
  };
}

/** Undefined where the text is no asset. */
export function readAssetText(text: string | undefined, name: string): Asset | undefined {
  return text === undefined ? undefined : parseAsset(text, name).value;
}
