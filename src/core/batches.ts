import type { TimedSegment } from "./documents/timingMapDocument.ts";

/** Neighbouring segments that are asked for in one call. Batches are positional: batch 2 is always the same ones. */
export interface Batch {
  readonly id: string;
  /** `Batch 2/6: Segments 11-20` */
  readonly label: string;
  readonly segments: readonly BatchSegment[];
}

export interface BatchSegment {
  readonly id: string;
  /** Position in the story, from 0. */
  readonly index: number;
  /** `segment_11 (11/53)` */
  readonly label: string;
}

export function makeBatches(segments: readonly Pick<TimedSegment, "id">[], size: number): Batch[] {
  const total = segments.length;
  const count = Math.ceil(total / size);
  return Array.from({ length: count }, (_, number) => {
    const first = number * size;
    const last = Math.min(first + size, total);
    const range = last - first === 1 ? `Segment ${last}` : `Segments ${first + 1}-${last}`;
    return {
      id: `batch-${number + 1}`,
      label: `Batch ${number + 1}/${count}: ${range}`,
      segments: segments.slice(first, last).map(({ id }, offset) => {
        const index = first + offset;
        return { id, index, label: `${id} (${index + 1}/${total})` };
      }),
    };
  });
}
