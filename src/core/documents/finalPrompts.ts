import { isId } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { bare, closesFence, nextFence, withLineEnds, type MarkdownSection } from "./markdown.ts";
import { wholeLine } from "./source.ts";

/** Final prompts by output. They are exact but for line ends: nothing is trimmed or escaped. */
export type FinalPrompts = ReadonlyMap<string, string>;

interface Fence {
  readonly output: string;
  readonly text: string;
  /** Lines of the section from the opening to the closing one, both included. */
  readonly start: number;
  readonly end: number;
}

const PROMPT_FENCE = /^`{3,}[ \t]*prompt(?:[ \t]+(.*?))?[ \t]*$/;

export function readFinalPrompts(
  sections: readonly MarkdownSection[],
  file: string,
): { prompts: FinalPrompts; problems: Problem[] } {
  const prompts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const section of sections) {
    const { fences, open } = fencesIn(section.lines);
    const report = (line: number, message: string, hint: string) =>
      problems.push({
        severity: "error",
        code: "final-prompt",
        message,
        hint,
        file,
        section: section.name,
        range: wholeLine(section.firstLine + line, bare(section.lines[line]!).length),
      });
    if (open !== undefined) report(open, "this fence has no end", "Close it with a line of as many backticks.");
    for (const { output, text, start } of fences) {
      if (!isId(output)) report(start, `"${output}" is not the name of an output`, "Write the output's name: ```prompt main");
      else if (prompts.has(output)) report(start, `a second final prompt for ${output}`, "Keep one of the two.");
      else prompts.set(output, text);
    }
  }
  return { prompts, problems };
}

function fencesIn(lines: readonly string[]): { fences: Fence[]; open: number | undefined } {
  const fences: Fence[] = [];
  let fence = "";
  let start = 0;
  for (const [index, raw] of lines.entries()) {
    const line = bare(raw);
    if (!fence) {
      fence = nextFence("", line);
      start = index;
    } else if (closesFence(fence, line)) {
      const output = PROMPT_FENCE.exec(bare(lines[start]!))?.[1];
      const isPrompt = PROMPT_FENCE.test(bare(lines[start]!));
      const text = lines.slice(start + 1, index).map(bare).join("\n");
      if (isPrompt) fences.push({ output: output ?? "", text, start, end: index });
      fence = "";
    }
  }
  return { fences, open: fence ? start : undefined };
}

/** The section's lines with each prompt in its fence; a fence that did not change, and all between, stay. */
export function writeFinalPrompts(lines: readonly string[], prompts: FinalPrompts, lineEnd: "\n" | "\r\n"): string[] {
  let result = [...lines];
  for (const [output, text] of prompts) {
    const fence = fencesIn(result).fences.find((candidate) => candidate.output === output);
    if (fence?.text === text) continue;
    const written = withLineEnds(fenceLines(output, text), lineEnd);
    if (fence) result.splice(fence.start, fence.end - fence.start + 1, ...written);
    else result = [...trimEnd(result), ...withLineEnds([""], lineEnd), ...written];
  }
  return result;
}

function fenceLines(output: string, text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}prompt ${output}`, ...text.split("\n"), ticks];
}

function trimEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
}
