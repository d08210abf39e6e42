import { workspace, type Uri } from "vscode";
import type { ImageChoice } from "../compose.ts";
import { readPrices } from "../core/priceBook.ts";
import type { PriceTable } from "../core/prices.ts";

/** What a person set for runs. */
export interface RunSettings {
  readonly batchSize: number;
  readonly parallelBatches: number;
  readonly maxCalls: number;
  readonly keepGoing: boolean;
}

/** The defaults stand in package.json alone. */
export function runSettings(folder: Uri | undefined): RunSettings {
  const settings = workspace.getConfiguration("storyDirector.run", folder);
  return {
    batchSize: settings.get("batchSize")!,
    parallelBatches: settings.get("parallelBatches")!,
    maxCalls: settings.get("maxCalls")!,
    keepGoing: settings.get("keepGoing")!,
  };
}

export interface ImageSettings {
  /** False where a person turned images off. */
  readonly enabled: boolean;
  /** Absent where no model is named. */
  readonly choice: ImageChoice | undefined;
}

/** Who draws the images of assets. */
export function imageSettings(folder: Uri | undefined): ImageSettings {
  const settings = workspace.getConfiguration("storyDirector.images", folder);
  const named = (key: string) => settings.get<string>(key)?.trim() || undefined;
  const model = named("model");
  const choice = model === undefined ? undefined : { model, size: named("size"), quality: named("quality"), parallel: settings.get<number>("parallel")! };
  return { enabled: settings.get("enabled")!, choice };
}

/** When a run stops after Extract Assets, so that a person can look through the cast. */
export function reviewsCast(): "auto" | "always" | "never" {
  return workspace.getConfiguration("storyDirector.review").get("cast")!;
}

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
  const settings = workspace.getConfiguration("storyDirector.budget");
  const limit = settings.get<number | null>("limit");
  return { askAboveUsd: settings.get("askAbove")!, limitUsd: typeof limit === "number" && limit > 0 ? limit : undefined };
}

/** A person's own prices. @throws {StoryDirectorError} where the setting does not hold prices */
export function ownPrices(): PriceTable {
  return readPrices(workspace.getConfiguration("storyDirector").get("prices"), "The setting storyDirector.prices");
}
