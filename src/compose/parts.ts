import type { CallReport } from "../ai/llmDirector.ts";
import { createPauses, type Pauses } from "../ai/model/pauses.ts";
import type { PriceOf } from "../core/priceBook.ts";
import type { DrawingSetup } from "../pipeline/imagePhase.ts";
import type { Clock, Director, ImageMaker, ModelWait, Schedule, StoryStore } from "../pipeline/ports.ts";

/** Makes the director of a run; what every call came to, and what it waited for, goes into the run's log. */
export interface DirectorMaker {
  /** Provenance, e.g. `offline`. */
  readonly name: string;
  /** Keys in use: taken out of whatever is kept of a failure. */
  readonly secrets?: readonly string[] | undefined;
  /** Absent where no model is asked. */
  readonly pricing?: ModelPricing | undefined;
  make(onCall: (report: CallReport) => void, onWait: (wait: ModelWait) => void): Promise<Director>;
}

/** Which models are asked, and what they cost. */
export interface ModelPricing {
  readonly models: { readonly director: string; readonly optimizer: string };
  readonly priceOf: PriceOf;
}

export interface ImagePort extends Omit<DrawingSetup, "maker" | "onCall"> {
  /** For the estimate. */
  readonly model: string;
  make(): ImageMaker;
}

export interface NoImages {
  readonly skipped: string;
}

export interface StoryDirectorPorts {
  readonly store: StoryStore;
  readonly director: DirectorMaker;
  /** Absent where there is no image model; or why there is none. */
  readonly images?: ImagePort | NoImages | undefined;
  readonly clock: Clock;
  readonly schedule?: Schedule | undefined;
  /** Calls to a model that may run side by side. */
  readonly maxCalls?: number | undefined;
}

/** What all runs of a program share, so that none gets into the way of another. Made once. */
export interface SharedCalls {
  readonly pauses: Pauses;
}

export function createSharedCalls(): SharedCalls {
  return { pauses: createPauses() };
}
