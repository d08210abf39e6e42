import { buildAssetImagePrompt } from "../core/assetImagePrompt.ts";
import { hasImage, referencesFor } from "../core/assetImages.ts";
import { addImage } from "../core/documents/addImage.ts";
import type { Asset, AssetImage } from "../core/documents/assetDocument.ts";
import { isAbortError, StorageError, StoryDirectorError } from "../core/errors.ts";
import { imageTypeOf } from "../core/imageType.ts";
import { resolveTag } from "../core/story.ts";
import { assetPath, imagePath } from "../core/storyFolder.ts";
import { assetName, stateName } from "../core/tags.ts";
import { readAssetText, type AssetFiles } from "./assetFiles.ts";
import type { ImageFile, ImageMaker, ImageRequest, ImageUsage, MadeImage, ProgressTask, StoryStore } from "./ports.ts";

/** What one call to an image model came to: provenance for the run log. */
export interface ImageCallReport {
  readonly purpose: "image";
  readonly model: string;
  readonly usage: ImageUsage | undefined;
  readonly outcome: "completed" | "broken" | "aborted";
  /** The tag that was drawn. */
  readonly ids: readonly string[];
}

export interface DrawingDeps {
  readonly maker: ImageMaker;
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
  /** The look of the story: style.md outside its named looks. */
  readonly style: string;
  readonly store: StoryStore;
  readonly files: AssetFiles;
  readonly signal: AbortSignal;
  readonly onCall: (report: ImageCallReport) => void;
}

/**
 * One image from nothing to its file and its line in the asset. An image that has come is saved
 * whatever happens then: it is paid for.
 * @throws {StoryDirectorError} where there is no image, or the asset could not be told of it
 */
export async function drawImage(tag: string, deps: DrawingDeps, task: ProgressTask): Promise<void> {
  const { files, store, style, size, quality } = deps;
  const name = assetName(tag);
  const before = await files.inTurn(name, async () => ({ text: await files.readText(name), written: files.writtenText(name) }));
  const asset = readAssetText(before.text, name);
  const resolved = asset && resolveTag(new Map([[name, asset]]), tag);
  if (!asset || !resolved) throw new StoryDirectorError(`${assetPath(name)} does not describe @${tag} any more`, { hint: "Describe it there, then run again." });
  if (hasImage(asset, tag)) return tellImages(asset, deps);
  task.say("drawing…");
  const { reference, passedOver } = await findReference(asset, store);
  const prompt = buildAssetImagePrompt(resolved, { style, hasReference: reference !== undefined });
  const made = await callMaker(tag, { prompt, size, quality, reference }, deps);
  task.say("saving…");
  const file = await store.saveImage(tag, made);
  const state = stateName(tag);
  const image: AssetImage = state === undefined ? { file } : { file, state };
  await files.inTurn(name, async () => {
    const written = files.writtenText(name);
    await nameImage(image, written === before.written ? before.text! : written!, { name, files });
  });
  task.say(passedOver.length ? `${file}, drawn without ${passedOver.join(", ")}` : file);
}

/** A person has given it an image in the meantime. */
function tellImages({ id, images }: Asset, { files }: DrawingDeps): void {
  const known = files.assets.get(id);
  if (known) files.set({ ...known, images });
}

/** The asset's line on its image. Where a person changed the file meanwhile, their words stand as they are. */
async function nameImage(image: AssetImage, text: string, { name, files }: { name: string; files: AssetFiles }): Promise<void> {
  if ((await files.save(name, addImage(text, image), text)) === "changed") {
    const entry = image.state === undefined ? `{ file: ${image.file} }` : `{ file: ${image.file}, state: ${image.state} }`;
    throw new StoryDirectorError(`${assetPath(name)} changed during the run; ${imagePath(image.file)} is kept, but not named there`, {
      hint: `Add the line "- ${entry}" to its images if the picture still fits, or the next run draws another.`,
    });
  }
  const known = files.assets.get(name);
  if (known) files.set({ ...known, images: [...known.images, image] });
}

async function callMaker(tag: string, request: ImageRequest, { maker, signal, onCall }: DrawingDeps): Promise<MadeImage> {
  const report = (outcome: ImageCallReport["outcome"], made?: MadeImage) =>
    onCall({ purpose: "image", model: made?.model ?? maker.name, usage: made?.usage, outcome, ids: [tag] });
  signal.throwIfAborted();
  try {
    const made = await maker.make(request, signal);
    report("completed", made);
    return made;
  } catch (error) {
    report(isAbortError(error) ? "aborted" : "broken");
    throw error;
  }
}

interface FoundReference {
  readonly reference: ImageFile | undefined;
  /** Pictures that no image model can read. */
  readonly passedOver: readonly string[];
}

/** The first of the asset's pictures that is one, by its bytes and not its name. */
async function findReference(asset: Asset, store: StoryStore): Promise<FoundReference> {
  const passedOver: string[] = [];
  for (const { file } of referencesFor(asset)) {
    const bytes = await store.readImage(file).catch(unlessUnreadable);
    const type = bytes && imageTypeOf(bytes);
    if (bytes && type) return { reference: { bytes, type }, passedOver };
    passedOver.push(file);
  }
  return { reference: undefined, passedOver };
}

/** What cannot be read is told where segments need it; a drawing can do without. */
function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof StorageError)) throw error;
}
