import { countImages } from "../core/assetImages.ts";
import { isAbortError } from "../core/errors.ts";
import { plural } from "../core/words.ts";
import type { AssetFiles } from "./assetFiles.ts";
import { AssetImages } from "./assetImages.ts";
import type { ImageCallReport } from "./drawImage.ts";
import type { ImageMaker, ProgressTask, StoryStore } from "./ports.ts";

/** Who draws, or why nobody does. */
export type ImagePhase = { readonly skipped: string } | DrawingSetup;

export interface DrawingSetup {
  readonly maker: ImageMaker;
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
  /** Images that are drawn side by side. */
  readonly parallel: number;
  readonly onCall: (report: ImageCallReport) => void;
}

export interface ImagePhaseDeps {
  /** Of the phase's node. */
  readonly id: string;
  readonly images: DrawingSetup;
  /** The look of the story. */
  readonly style: string;
  readonly store: StoryStore;
  readonly files: AssetFiles;
  readonly signal: AbortSignal;
}

/**
 * Draws the images of assets while the script is written, and lets assets that are made in the
 * middle of it have theirs. An image that cannot be had is told at the phase and fails no run; what
 * stops the script stops the drawing, too.
 */
export async function besideScript(script: (onAssetMade: (name: string) => void) => Promise<void>, deps: ImagePhaseDeps, progress: ProgressTask): Promise<void> {
  const { id, images, style, store, files, signal } = deps;
  let written: Promise<void> | undefined;
  const phase = progress.run(id, async (task) => {
    task.say(plural(countImages(files.assets.values()), "image"));
    const drawing = new AssetImages({ ...images, style, store, files, signal }, task);
    for (const name of files.assets.keys()) drawing.want(name);
    written = script((name) => drawing.want(name));
    await written.catch(() => undefined);
    const { total, made } = await drawing.settle();
    task.say(plural(total, "image"));
    if (made === 0) progress.mark(id, "up to date", plural(total, "image"));
  });
  // The node tells what was not drawn; only a run that was stopped is over.
  const stopped: unknown = await phase.then(() => undefined, (error: unknown) => (isAbortError(error) ? error : undefined));
  // Whatever goes wrong with drawing, the script is written.
  await (written ?? script(() => undefined));
  if (stopped) throw stopped;
}
