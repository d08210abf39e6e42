import { PATIENCE_MS } from "../support/eventually.ts";

const PAUSE_MS = 100;

/** Asks again and again until the answer is truthy; rejects with the last answer where that takes too long. */
export async function waitFor<Value>(what: string, ask: () => Promise<Value>, timeoutMs = PATIENCE_MS): Promise<NonNullable<Value>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} seconds for ${what}; the last answer was ${JSON.stringify(answer)}.`);
    await pause();
  }
}

/** Whether it comes to be within the time. */
export async function comesToBe(condition: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > end) return false;
    await pause();
  }
}

/** Matches a text from its beginning to its end, blanks around it aside. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${escape(text)}\\s*$`);
}

export function endingWith(text: string): RegExp {
  return new RegExp(`${escape(text)}\\s*$`);
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
