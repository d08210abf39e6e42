import { workspace } from "vscode";
import type { ImageChoice } from "../compose.ts";
import { readPrices } from "../core/priceBook.ts";
import type { PriceTable } from "../core/prices.ts";
import { ownSettings } from "./ownSettings.ts";

/** What a person set for runs. */
export interface RunSettings {
  readonly batchSize: number;
  readonly parallelBatches: number;
  readonly maxCalls: number;
  readonly keepGoing: boolean;
}

/** The defaults stand in package.json alone. */
export function runSettings(): RunSettings {
  return ownSettings<RunSettings>("storyDirector.run", ["batchSize", "parallelBatches", "maxCalls", "keepGoing"]);
}

export interface ImageSettings {
  /** False where a person turned images off. */
  readonly enabled: boolean;
  /** Absent where no model is named. */
  readonly choice: ImageChoice | undefined;
}

/** Who draws the images of assets. */
export function imageSettings(): ImageSettings {
  const { enabled, parallel, ...texts } = ownSettings<OwnImages>("storyDirector.images", ["enabled", "model", "size", "quality", "parallel"]);
  const [model, size, quality] = [texts.model, texts.size, texts.quality].map((text) => text.trim() || undefined);
  return { enabled, choice: model === undefined ? undefined : { model, size, quality, parallel } };
}

interface OwnImages extends Record<"model" | "size" | "quality", string> {
  readonly enabled: boolean;
  readonly parallel: number;
}

export interface ReviewSettings {
  /** When a run stops after Extract Assets, so that a person can look through the cast. */
  readonly cast: "auto" | "always" | "never";
}

export function reviewsCast(): ReviewSettings["cast"] {
  return ownSettings<ReviewSettings>("storyDirector.review", ["cast"]).cast;
}

/** The one setting that a workspace may have of its own. */
export function collapsesCompletedBatches(): boolean {
  return workspace.getConfiguration("storyDirector.progress").get("collapseCompletedBatches")!;
}

/** What a person set about money, for all workspaces alike: no folder that is opened can raise it. */
export interface SpendingSettings {
  /** US dollars: a run that may cost more is asked about. */
  readonly askAboveUsd: number;
  /** US dollars at which a run pauses; undefined for no limit. */
  readonly limitUsd: number | undefined;
}

export function spendingSettings(): SpendingSettings {
  const { askAbove: askAboveUsd, limit } = ownSettings<{ askAbove: number; limit: unknown }>("storyDirector.budget", ["askAbove", "limit"]);
  return { askAboveUsd, limitUsd: typeof limit === "number" && limit > 0 ? limit : undefined };
}

/** A person's own prices. @throws {StoryDirectorError} where the setting does not hold prices */
export function ownPrices(): PriceTable {
  return readPrices(ownSettings<{ prices: unknown }>("storyDirector", ["prices"]).prices, "The setting storyDirector.prices");
}
