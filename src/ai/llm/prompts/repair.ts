import { cutAtLine, fenced } from "./fence.ts";

/** Characters of a useless answer that are shown again; a flood of them would be paid for twice. */
const LONGEST_ANSWER = 40_000;

/** The instruction once more, with what was wrong with the answer to it. */
export function repairInstruction(instruction: string, answer: string, problems: readonly string[]): string {
  const blocks = fenced([["what is wrong with it", problemList(problems)], ["your last answer", cutAtLine(answer, LONGEST_ANSWER)]]);
  return `${instruction}

Your last answer to this cannot be used.

${blocks}

Answer again in full, with exactly these problems mended and all else as it was.`;
}

export function problemList(problems: readonly string[]): string {
  return problems.map((problem) => `- ${problem}`).join("\n");
}
