import { StoryDirectorError } from "../../src/core/errors.ts";
import type { ImageMaker, ImageRequest } from "../../src/pipeline/ports.ts";
import { picture } from "./fakeModelServer/images.ts";

export interface FakeImageMaker extends ImageMaker {
  /** Every request in the order in which it began. */
  readonly requests: readonly ImageRequest[];
  /** Most calls that were under way at once. */
  readonly mostOpen: number;
}

/** After this every further image would fail, too. */
export class HopelessError extends StoryDirectorError {}

/** An image model that draws one pixel, each a shade darker than the one before. `before` may wait or throw. */
export function createFakeImageMaker(before: (request: ImageRequest, call: number) => Promise<void> | void = () => undefined): FakeImageMaker {
  const requests: ImageRequest[] = [];
  let [open, mostOpen] = [0, 0];
  return {
    name: "fake/image-1",
    requests,
    get mostOpen() {
      return mostOpen;
    },
    async make(request, signal) {
      signal.throwIfAborted();
      const call = requests.push(request) - 1;
      mostOpen = Math.max(mostOpen, ++open);
      try {
        await Promise.resolve();
        await before(request, call);
        signal.throwIfAborted();
        return { bytes: picture(255 - call), type: "png", model: "image-1", usage: { inputTokens: 60, cachedInputTokens: 0, outputTokens: 272 } };
      } finally {
        open--;
      }
    },
    isHopeless: (error) => error instanceof HopelessError,
  };
}
