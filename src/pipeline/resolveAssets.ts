import { parseAsset, appendState, formatAsset, type Asset } from "../core/documents/assetDocument.ts";
import { ProblemsError, StoryDirectorError } from "../core/errors.ts";
import { resolveTag, type Story } from "../core/story.ts";
import { assetPath, imagePath } from "../core/storyFolder.ts";
import { assetName, stateName } from "../core/tags.ts";
import type { AssetFiles } from "./assetFiles.ts";
import type { Director, StoryBrief, StoryStore } from "./ports.ts";

export interface AssetResolverDeps {
  readonly story: Story;
  readonly brief: StoryBrief;
  readonly director: Director;
  readonly store: StoryStore;
  readonly files: AssetFiles;
  readonly signal: AbortSignal;
  /** Is told the name of an asset that was made, or got a new state. */
  readonly onMade?: ((name: string) => void) | undefined;
}

/** Makes assets that are used but not on file: once per tag, however many segments ask. */
export interface AssetResolver {
  /** The assets of the story, and those made since the run began. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Resolves when every tag is on file. */
  resolve(tags: readonly string[]): Promise<void>;
  /** The files that a tag needs and that cannot be read. */
  unreadable(tags: readonly string[]): Promise<Map<string, string[]>>;
}

export function createAssetResolver(deps: AssetResolverDeps): AssetResolver {
  const { assets } = deps.files;
  const pending = new Map<string, Promise<void>>();
  const readable = new Map<string, Promise<boolean>>();

  // One file holds all states of an asset, so the work on one name is done one after the other.
  const makeOnce = (tag: string): Promise<void> => {
    const name = assetName(tag);
    const before = pending.get(name) ?? Promise.resolve();
    const makeNext = async () => {
      await before;
      if (resolveTag(assets, tag)) return;
      await makeAsset(tag, deps);
      deps.onMade?.(name);
    };
    const made = makeNext();
    made.catch(() => undefined);
    pending.set(name, made);
    return made;
  };
  const isReadable = (path: string): Promise<boolean> => {
    const known = readable.get(path) ?? deps.store.isReadable(path);
    readable.set(path, known);
    return known;
  };
  return {
    assets,
    async resolve(tags) {
      await Promise.all(tags.filter((tag) => !resolveTag(assets, tag)).map(makeOnce));
    },
    async unreadable(tags) {
      const result = new Map<string, string[]>();
      for (const tag of tags) {
        const paths = filesOf(assets.get(assetName(tag)));
        const found = await Promise.all(paths.map(isReadable));
        const missing = paths.filter((_, index) => !found[index]);
        if (missing.length) result.set(tag, missing);
      }
      return result;
    },
  };
}

/** An asset's own file, and every image that it names. */
export function filesOf(asset: Asset | undefined): string[] {
  return asset ? [assetPath(asset.id), ...asset.images.map(({ file }) => imagePath(file))] : [];
}

async function makeAsset(tag: string, deps: AssetResolverDeps): Promise<void> {
  const { brief, director, files, signal } = deps;
  signal.throwIfAborted();
  const name = assetName(tag);
  const existing = files.assets.get(name);
  const content = await director.describeAsset(brief, { tag, lines: linesMentioning(tag, existing, deps.story), existing }, signal);
  await files.inTurn(name, async () => {
    const previousText = existing && (await files.readText(name));
    const state = stateName(tag);
    const text =
      existing && previousText !== undefined && state !== undefined
        ? appendState(previousText, existing, [state, content.states.get(state) ?? content.description])
        : formatAsset(content, { by: director.name, late: true, previousText });
    const outcome = await files.save(name, text, previousText);
    // A person who made the file in the meantime wins: what stands there is what counts.
    files.set(readAsset(name, outcome === "saved" ? text : await files.readText(name), tag));
  });
}

function readAsset(name: string, text: string | undefined, tag: string): Asset {
  const { value, problems } = parseAsset(text ?? "", name);
  if (!value) throw new ProblemsError(`The asset @${tag} cannot be used`, problems);
  if (!resolveTag(new Map([[name, value]]), tag)) {
    throw new StoryDirectorError(`${assetPath(name)} does not describe @${tag}`, { hint: "Describe it there, or use another tag." });
  }
  return value;
}

/** Every narration line that says the asset's name, in the order of the story. */
function linesMentioning(tag: string, existing: Asset | undefined, { timing }: Story): string[] {
  const names = [assetName(tag).replace(/[_-]+/g, " "), ...(existing ? [existing.name, ...existing.aliases] : [])];
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const mention = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  return timing.segments.map(({ narration }) => narration).filter((line) => mention.test(line));
}
