import { AssertionError } from "node:assert/strict";

const PAUSE_MS = 50;

/** Far more than anything takes that is waited for, also on a machine that is busy with other things. */
export const PATIENCE_MS = 60_000;

/** Checks again and again until every assertion holds; rejects with the one that fails where that takes too long. */
export async function eventually<Value>(check: () => Value | Promise<Value>, timeoutMs = PATIENCE_MS): Promise<Value> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof AssertionError) || Date.now() > end) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}
