import { createInterface } from "node:readline/promises";

/**
 * One line from the person at the terminal; undefined where the input ends. The terminal itself
 * edits the line, so that Ctrl+C reaches the program as ever. Rejects with an AbortError when stopped.
 */
export async function askOnTerminal(question: string, signal: AbortSignal): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const ended = new Promise<undefined>((resolve) => reader.once("close", () => resolve(undefined)));
  try {
    const answer = await Promise.race([reader.question(question, { signal }), ended]);
    // Where the input ends, nobody has ended the line.
    if (answer === undefined) process.stdout.write("\n");
    return answer;
  } finally {
    reader.close();
  }
}
