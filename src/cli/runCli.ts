import { Command, CommanderError, InvalidArgumentError, Option, type OutputConfiguration } from "commander";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { check, status } from "./inspect.ts";
import type { ProviderFlags } from "./provider.ts";
import { regenerate } from "./regenerate.ts";

interface RegenerateFlags extends ProviderFlags {
  readonly json?: boolean;
  readonly segments?: readonly string[];
  readonly all?: boolean;
  readonly batchSize?: number;
  readonly parallelBatches?: number;
  readonly maxCalls?: number;
  readonly overwriteEdits?: boolean;
  readonly keepGoing?: boolean;
  readonly takeOver?: boolean;
}

/**
 * The whole terminal program on streams that are handed in.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted
 */
export async function runCli(host: CliHost): Promise<number> {
  let code: number = EXIT.done;
  const program = createProgram(host, async (work) => {
    code = await work;
  });
  try {
    await program.parseAsync(host.argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  return code;
}

function createProgram(host: CliHost, finish: (work: Promise<number>) => Promise<void>): Command {
  const program = new Command("story-director")
    .description("Turns a narrated story with a timing map into a director's script:\none production-ready video prompt for every timed segment.")
    .version(host.version)
    .showHelpAfterError("(add --help to see all commands and options)")
    .exitOverride()
    .configureOutput(outputOf(host))
    .addHelpText("after", "\nExit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (what is saved stays saved).");
  addRegenerate(program, host, finish);
  program
    .command("check")
    .description("print every problem of the story; exit with 1 if one is an error")
    .argument("<folder>", "the story's folder, which has a story.yaml")
    .option("--json", "print one object on one line")
    .action((folder: string, { json = false }: { json?: boolean }) => finish(check({ folder, json }, host)));
  program
    .command("status")
    .description("print the state of every segment, and why it is in it")
    .argument("<folder>", "the story's folder, which has a story.yaml")
    .option("--json", "print one object on one line")
    .action((folder: string, { json = false }: { json?: boolean }) => finish(status({ folder, json }, host)));
  return program;
}

function addRegenerate(program: Command, host: CliHost, finish: (work: Promise<number>) => Promise<void>): void {
  const segments = new Option("--segments <list>", "direct these, even when up to date: 3,7-9,segment_12b").argParser(readList);
  const all = new Option("--all", "direct everything anew that nobody edited by hand").conflicts("segments");
  program
    .command("regenerate")
    .description("make every segment that is missing or out of date production-ready")
    .argument("<folder>", "the story's folder, which has a story.yaml")
    .addOption(segments)
    .addOption(all)
    .option("--overwrite-edits", "write over what was edited by hand; copies are kept in the story's history")
    .option("--keep-going", "after a failure, finish what does not depend on it")
    .option("--take-over", "replace the lock that a run on another computer left")
    .option("--batch-size <n>", "segments asked for in one call (10)", readCount)
    .option("--parallel-batches <n>", "batches that are open side by side (6)", readCount)
    .option("--max-calls <n>", "calls to a model that run side by side (8)", readCount)
    .addOption(new Option("--provider <who>", "who directs (offline)").choices(["offline", "openai", "compatible"]))
    .option("--base-url <url>", "address of a server that speaks like OpenAI's, e.g. http://localhost:11434/v1")
    .option("--model <name>", "the model that directs")
    .option("--optimizer-model <name>", "the model that compiles final prompts")
    .option("--json", "print events, one JSON object a line, and nothing else")
    .action((folder: string, { json = false, maxCalls, provider, baseUrl, model, optimizerModel, ...request }: RegenerateFlags) =>
      finish(regenerate({ folder, request, maxCalls, json, provider: { provider, baseUrl, model, optimizerModel } }, host)),
    );
}

function outputOf({ stdout, stderr, ...host }: CliHost): OutputConfiguration {
  const { theme } = printerFor(stderr, host);
  return {
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
    outputError: (text, write) => write(text.replace(/^error/, theme.red("error"))),
    getOutHelpWidth: () => stdout.columns ?? 80,
    getErrHelpWidth: () => stderr.columns ?? 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError("It is a whole number from 1.");
  return count;
}

/** Parts are between commas or blanks; what they name is for the story to say. */
function readList(text: string): readonly string[] {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  if (parts.length === 0) throw new InvalidArgumentError("It is a list such as 3,7-9,segment_12b.");
  return parts;
}
