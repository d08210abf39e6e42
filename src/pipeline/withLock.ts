import type { StoryStore } from "./ports.ts";

/** Works while nobody else may. What the work rejects with is told, even where giving the lock back fails too. @throws {StoryHeldError} */
export async function withLock<T>(store: StoryStore, takeOver: boolean, work: () => Promise<T>): Promise<T> {
  const lock = await store.lock({ takeOver });
  const result = await work().catch(async (error: unknown) => {
    await lock.release().catch(() => undefined);
    throw error;
  });
  await lock.release();
  return result;
}
