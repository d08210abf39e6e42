/** How fast the model is that is played, in milliseconds and tokens. */
export const SPEEDS = { firstTokenMs: 800, optimizeFirstTokenMs: 600, tokensPerSecond: 80, tokensPerDraft: 260, tokensPerFinal: 180 } as const;

export const SLOTS = 8;
export const BATCH_SIZE = 10;

const MS_PER_TOKEN = 1000 / SPEEDS.tokensPerSecond;
export const DRAFT_MS = SPEEDS.tokensPerDraft * MS_PER_TOKEN;
export const OPTIMIZE_MS = SPEEDS.optimizeFirstTokenMs + SPEEDS.tokensPerFinal * MS_PER_TOKEN;

/** What no schedule can beat, in milliseconds. */
export interface Bound {
  /** Of all calls together. */
  readonly workMs: number;
  /** A whole batch, and the final of its last segment. */
  readonly criticalMs: number;
  readonly totalMs: number;
  /** The first draft of a batch, and its final. */
  readonly firstMs: number;
}

export function boundOf(segments: number): Bound {
  const batches = Math.ceil(segments / BATCH_SIZE);
  const workMs = batches * SPEEDS.firstTokenMs + segments * (DRAFT_MS + OPTIMIZE_MS);
  const criticalMs = SPEEDS.firstTokenMs + Math.min(segments, BATCH_SIZE) * DRAFT_MS + OPTIMIZE_MS;
  return { workMs, criticalMs, totalMs: Math.max(criticalMs, workMs / SLOTS), firstMs: SPEEDS.firstTokenMs + DRAFT_MS + OPTIMIZE_MS };
}

export const BOUND_IN_WORDS = [
  "bound = max(critical path, work / slots), in seconds of the model:",
  `  work = batches x ${SPEEDS.firstTokenMs / 1000} + segments x (${SPEEDS.tokensPerDraft}/${SPEEDS.tokensPerSecond} + ${SPEEDS.optimizeFirstTokenMs / 1000} + ${SPEEDS.tokensPerFinal}/${SPEEDS.tokensPerSecond}); slots = ${SLOTS}`,
  `  critical path = ${SPEEDS.firstTokenMs / 1000} + ${BATCH_SIZE} x ${SPEEDS.tokensPerDraft}/${SPEEDS.tokensPerSecond} + ${OPTIMIZE_MS / 1000}: a whole batch, and the final of its last segment`,
  `  bound of the first segment = ${SPEEDS.firstTokenMs / 1000} + ${SPEEDS.tokensPerDraft}/${SPEEDS.tokensPerSecond} + ${OPTIMIZE_MS / 1000}`,
].join("\n");
