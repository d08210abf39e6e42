import { segmentIndexes } from "../core/story.ts";
import type { Director } from "../pipeline/ports.ts";
import type { CallGate, CallKind } from "./callGate.ts";

/** Whoever needs an asset waits for it, and there may be many of them. */
const BEFORE_ALL = -1;

/** A director whose every call holds a slot of the gate for as long as it runs. Made once per run. */
export function gateDirector(director: Director, gate: CallGate): Director {
  let positions: ReadonlyMap<string, number> = new Map();
  const call = async <T>(slot: { readonly kind: CallKind; readonly rank?: number | undefined }, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter(slot.kind, signal, slot.rank);
    try {
      return await work();
    } finally {
      leave();
    }
  };
  const finishing = (segmentId: string) => ({ kind: "optimize", rank: positions.get(segmentId) }) as const;
  const gated: Director = {
    name: director.name,
    extractAssets: (story, ranges, signal) => call({ kind: "draft" }, signal, () => director.extractAssets(story, ranges, signal)),
    describeAsset: (story, missing, signal) => call({ kind: "optimize", rank: BEFORE_ALL }, signal, () => director.describeAsset(story, missing, signal)),
    optimizePrompt: (request, signal) => call(finishing(request.segmentId), signal, () => director.optimizePrompt(request, signal)),
    async *draftSegments(story, ids, signal) {
      positions = segmentIndexes(story.timing.segments);
      const leave = await gate.enter("draft", signal);
      try {
        yield* director.draftSegments(story, ids, signal);
      } finally {
        leave();
      }
    },
  };
  if (!director.repairDraft) return gated;
  const repair = director.repairDraft.bind(director);
  return { ...gated, repairDraft: (story, faulty, signal) => call(finishing(faulty.draft.id), signal, () => repair(story, faulty, signal)) };
}
