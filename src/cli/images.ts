import { InvalidArgumentError, Option, type Command } from "commander";
import type { DirectorChoice, ImageChoice } from "../compose.ts";
import { ProviderError } from "./host.ts";

export interface ImageFlags {
  readonly imageModel?: string | undefined;
  readonly imageSize?: string | undefined;
  readonly imageQuality?: string | undefined;
  readonly parallelImages?: number | undefined;
  /** False where `--no-images` was given. */
  readonly images?: boolean | undefined;
}

export interface ChosenImages {
  /** What goes into opening the story. */
  readonly choice: { readonly images?: ImageChoice };
  /** What is paid for apart from the script, in one line for people. */
  readonly told?: string | undefined;
}

const QUALITIES = ["auto", "low", "medium", "high", "xhigh", "max"] as const;

export function addImageOptions(command: Command): Command {
  return command
    .option("--image-model <name>", "the model that draws the images of assets; without one none are drawn")
    .option("--image-size <size>", "e.g. 1536x1024 (the model's own)", readSize)
    .addOption(new Option("--image-quality <quality>", "the model's own by default").choices(QUALITIES))
    .addOption(new Option("--parallel-images <n>", "images that are drawn side by side (3)").argParser(readParallel))
    .option("--no-images", "draw no images");
}

/** Parts the flags on images from those that go into the request. */
export function splitImageFlags<Flags extends ImageFlags>(flags: Flags): { images: ImageFlags; request: Omit<Flags, keyof ImageFlags> & { images?: false } } {
  const { imageModel, imageSize, imageQuality, parallelImages, images, ...rest } = flags;
  const request = images === false ? { ...rest, images } : rest;
  return { images: { imageModel, imageSize, imageQuality, parallelImages, images }, request };
}

/**
 * Who draws the images of assets: the provider that directs, where a model is named. There is no
 * model by default, since every image is paid for.
 * @throws {ProviderError} where the arguments do not fit together
 */
export function chooseImages({ imageModel: model, imageSize: size, imageQuality: quality, parallelImages: parallel, images }: ImageFlags, { provider }: DirectorChoice): ChosenImages {
  if (model === undefined) {
    if (size ?? quality ?? parallel) throw new ProviderError("--image-size, --image-quality and --parallel-images go with --image-model.");
    return { choice: {} };
  }
  if (provider === "offline") throw new ProviderError("--image-model goes with --provider openai or compatible: the offline director draws no images.");
  const told = images === false ? undefined : `Images of assets that have none are drawn there by ${model}; each is one call.`;
  return { choice: { images: { model, size, quality, parallel } }, told };
}

/** Which sizes there are is for the model to say. */
function readSize(text: string): string {
  if (!/^(?:auto|[1-9]\d{1,4}x[1-9]\d{1,4})$/.test(text)) throw new InvalidArgumentError("It is auto, or width x height such as 1536x1024.");
  return text;
}

function readParallel(text: string): number {
  if (!/^(?:[1-9]|1[0-6])$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1 to 16.");
  return Number(text);
}
