import type { Director } from "../pipeline/ports.ts";

/** Who lets work begin, and is told what is written. */
export interface DirectorMeter {
  /** Resolves when work on these segments may begin; no ids stand for work on the whole story. */
  begin(segmentIds: readonly string[], signal: AbortSignal): Promise<void>;
  /** A stream of drafts of these begins. */
  openDrafts(segmentIds: readonly string[]): void;
  /** @param length Characters of the draft. */
  wroteDraft(segmentId: string, length: number): void;
  /** The stream is over. @param missing Those that no draft came for. */
  closeDrafts(segmentIds: readonly string[], missing: readonly string[]): void;
}

/**
 * A director that begins nothing new before it may. It stands around the call gate, so that who
 * waits here holds no slot. Describing an asset and repairing a draft are part of what has begun.
 */
export function meterDirector(director: Director, meter: DirectorMeter): Director {
  return {
    ...director,
    async extractAssets(story, ranges, signal) {
      await meter.begin([], signal);
      return director.extractAssets(story, ranges, signal);
    },
    async *draftSegments(story, ids, signal) {
      await meter.begin(ids, signal);
      const missing = new Set(ids);
      meter.openDrafts(ids);
      try {
        for await (const draft of director.draftSegments(story, ids, signal)) {
          missing.delete(draft.id);
          meter.wroteDraft(draft.id, JSON.stringify(draft).length);
          yield draft;
        }
      } finally {
        meter.closeDrafts(ids, [...missing]);
      }
    },
    async optimizePrompt(request, signal) {
      await meter.begin([request.segmentId], signal);
      return director.optimizePrompt(request, signal);
    },
  };
}
