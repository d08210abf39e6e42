import { describeFailure } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { formatPlace, type Problem } from "./problem.ts";

export interface FailureBundle {
  readonly error: unknown;
  readonly exchanges: readonly Exchange[];
  /** The story's title. */
  readonly title: string;
  /** Who directs, e.g. `openai/gpt-6.1-terra`. */
  readonly director: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/**
 * A failure as one Markdown file: what failed, every problem with its place, and every call word for
 * word, so that a person can see what a model made of the request, or send it to somebody who can.
 */
export function formatFailureBundle({ error, exchanges, title, director, atMs }: FailureBundle): string {
  const { headline, message, hint, problems } = describeFailure(error);
  const blocks = [
    `# ${oneLine(headline)}`,
    `- Story: ${oneLine(title)}\n- Director: ${director}\n- At: ${new Date(atMs).toISOString()}`,
    // Where the message says no more than the heading and the problems, it is not repeated.
    ...(message.startsWith(headline) && (problems.length > 0 || message === headline) ? [] : [message]),
    ...(hint === undefined ? [] : [hint]),
    ...(problems.length > 0 ? ["## Problems", problems.map((problem) => problemItem(problem, hint)).join("\n")] : []),
    ...exchanges.flatMap(exchangeBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** @param said The hint that stands above them all already. */
function problemItem(problem: Problem, said: string | undefined): string {
  const hint = problem.hint === undefined || problem.hint === said ? "" : `\n  ${oneLine(problem.hint)}`;
  return `- ${formatPlace(problem)}: ${oneLine(problem.message)}${hint}`;
}

function exchangeBlocks({ purpose, role, model, ids, instruction, outcome, answer }: Exchange, index: number): string[] {
  return [
    `## Call ${index + 1}: ${purpose}`,
    `- Model: ${model}, as ${role}\n- For: ${ids.join(", ")}`,
    ...(instruction === undefined ? [] : ["### Asked", "After the rules and the story, which are the same for every call of this kind:", fenced(instruction)]),
    "### Answered",
    answer === "" ? `Nothing: ${outcome}.` : `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}:`,
    ...(answer === "" ? [] : [fenced(answer)]),
  ];
}

/** A fence that is longer than any inside it. */
function fenced(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((length, [run]) => Math.max(length, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
