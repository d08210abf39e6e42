import pLimit, { type LimitFunction } from "p-limit";
import { countImages, tagsWithoutImage } from "../core/assetImages.ts";
import { describeFailure, isAbortError, StoryDirectorError } from "../core/errors.ts";
import { resolveTag } from "../core/story.ts";
import { assetName, stateName } from "../core/tags.ts";
import { plural } from "../core/words.ts";
import { drawImage, type DrawingDeps } from "./drawImage.ts";
import type { ProgressTask } from "./ports.ts";

export interface AssetImagesDeps extends DrawingDeps {
  /** Images that are drawn side by side. */
  readonly parallel: number;
}

/**
 * Draws the images that assets lack while the script is written: nothing waits for an image but the
 * end of the run. The images of one asset follow one another, since its states are drawn from the
 * first; those of different assets go side by side. What fails is told and fails nothing else.
 */
export class AssetImages {
  readonly #deps: AssetImagesDeps;
  readonly #limit: LimitFunction;
  readonly #task: ProgressTask;
  readonly #wanted = new Set<string>();
  readonly #chains = new Map<string, Promise<void>>();
  readonly #missed: { readonly tag: string; readonly error: unknown }[] = [];
  #settled = 0;
  #made = 0;
  /** The tag after whose failure no further image is asked for. */
  #lastTried: string | undefined;

  constructor(deps: AssetImagesDeps, task: ProgressTask) {
    this.#deps = deps;
    this.#limit = pLimit(deps.parallel);
    this.#task = task;
  }

  /** Begins to draw what the asset lacks; nothing is drawn twice in a run. */
  want(name: string): void {
    const asset = this.#deps.files.assets.get(name);
    const tags = asset ? tagsWithoutImage(asset).filter((tag) => !this.#wanted.has(tag)) : [];
    if (tags.length === 0) return;
    for (const tag of tags) this.#wanted.add(tag);
    this.#task.plan(tags.map((tag) => ({ id: nodeId(tag), label: `@${tag}`, kind: "step" })));
    this.#say();
    const chain = this.#drawAfter(this.#chains.get(name), tags);
    // Awaited in `settle`; until then no rejection may go unhandled.
    chain.catch(() => undefined);
    this.#chains.set(name, chain);
  }

  /**
   * Resolves when everything that was wanted is drawn or given up.
   * @returns how many images the assets have now, and how many of them are new
   * @throws {StoryDirectorError} that counts what was not drawn; an AbortError when stopped
   */
  async settle(): Promise<{ readonly total: number; readonly made: number }> {
    const outcomes = await Promise.allSettled(this.#chains.values());
    this.#deps.signal.throwIfAborted();
    const broken = outcomes.find((outcome) => outcome.status === "rejected");
    if (broken) throw broken.reason;
    if (this.#made < this.#wanted.size && this.#missed.length) throw this.#failure();
    return { total: countImages(this.#deps.files.assets.values()), made: this.#made };
  }

  async #drawAfter(before: Promise<void> | undefined, tags: readonly string[]): Promise<void> {
    await before;
    for (const tag of tags) await this.#draw(tag);
  }

  async #draw(tag: string): Promise<void> {
    await this.#limit(async () => {
      this.#deps.signal.throwIfAborted();
      const reason = this.#reasonNotTo(tag);
      if (reason === undefined) await this.#try(tag);
      else this.#task.mark(nodeId(tag), "skipped", reason);
    });
    this.#settled++;
    this.#say();
  }

  /** What failed is noted before the next one in line begins. */
  async #try(tag: string): Promise<void> {
    try {
      await this.#task.run(nodeId(tag), (node) => drawImage(tag, this.#deps, node));
      this.#made++;
    } catch (error) {
      if (isAbortError(error)) throw error;
      this.#missed.push({ tag, error });
      if (this.#deps.maker.isHopeless(error)) this.#lastTried ??= tag;
    }
  }

  #reasonNotTo(tag: string): string | undefined {
    if (this.#lastTried !== undefined) return `not tried, since @${this.#lastTried} failed`;
    const { assets } = this.#deps.files;
    const name = assetName(tag);
    const isWithoutBase = stateName(tag) !== undefined && resolveTag(assets, name) && assets.get(name)?.images.length === 0;
    return isWithoutBase ? `@${name}, from which it is drawn, has no image` : undefined;
  }

  #say(): void {
    const [settled, wanted] = [this.#settled, this.#wanted.size];
    this.#task.say(settled < wanted ? `${settled}/${wanted} images…` : plural(wanted, "image"));
  }

  /** Counts here, since each reason stands at its own node. */
  #failure(): StoryDirectorError {
    const tags = this.#missed.map(({ tag }) => `@${tag}`);
    const named = tags.length > SHOWN_TAGS ? [...tags.slice(0, SHOWN_TAGS), "…"] : tags;
    const count = this.#wanted.size - this.#made;
    const what = `${count} of ${plural(this.#wanted.size, "image")} ${count === 1 ? "was" : "were"} not made (${named.join(", ")})`;
    const failure = new StoryDirectorError(what, { hint: describeFailure(this.#missed[0]!.error).hint });
    failure.also = this.#missed.map(({ error }) => error);
    return failure;
  }
}

const SHOWN_TAGS = 3;

/** A node's id is part of a path, whose parts are joined by `/`. */
function nodeId(tag: string): string {
  return tag.replace("/", ":");
}
