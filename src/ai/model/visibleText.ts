/**
 * Takes from the beginning of an answer what is not the answer: blanks, and thoughts that some
 * local models write between `<think>` and `</think>`. Says of what character the answer begins with.
 */
export interface VisibleText {
  /** What may be passed on. */
  push(text: string): string;
  /** What was held back, once the answer has ended. */
  rest(): string;
}

const THOUGHTS = [
  ["<think>", "</think>"],
  ["<thinking>", "</thinking>"],
] as const;

export function createVisibleText(): VisibleText {
  let held = "";
  let closing: string | undefined;
  let hasBegun = false;

  const takeThought = () => {
    const end = held.indexOf(closing!);
    // Enough is kept to find an end that comes in two pieces.
    held = end < 0 ? held.slice(-closing!.length) : held.slice(end + closing!.length);
    if (end >= 0) closing = undefined;
    return end >= 0;
  };
  return {
    push(text) {
      if (hasBegun) return text;
      held += text;
      for (;;) {
        if (closing !== undefined && !takeThought()) return "";
        held = held.trimStart();
        const thought = THOUGHTS.find(([open]) => held.startsWith(open));
        if (thought) {
          held = held.slice(thought[0].length);
          closing = thought[1];
          continue;
        }
        if (THOUGHTS.some(([open]) => open.startsWith(held))) return "";
        hasBegun = true;
        return held;
      }
    },
    rest: () => (hasBegun || closing !== undefined ? "" : held),
  };
}
