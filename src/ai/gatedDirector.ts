import type { Director } from "../pipeline/ports.ts";
import type { CallGate, CallKind } from "./callGate.ts";

/** A director whose every call holds a slot of the gate for as long as it runs. */
export function gateDirector(director: Director, gate: CallGate): Director {
  const call = async <T>(kind: CallKind, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const leave = await gate.enter(kind, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  };
  const gated: Director = {
    name: director.name,
    extractAssets: (story, ranges, signal) => call("draft", signal, () => director.extractAssets(story, ranges, signal)),
    describeAsset: (story, missing, signal) => call("optimize", signal, () => director.describeAsset(story, missing, signal)),
    optimizePrompt: (request, signal) => call("optimize", signal, () => director.optimizePrompt(request, signal)),
    async *draftSegments(story, ids, signal) {
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
  return { ...gated, repairDraft: (story, faulty, signal) => call("optimize", signal, () => repair(story, faulty, signal)) };
}
