import { Command, CommanderError, InvalidArgumentError, Option, type OutputConfiguration } from "commander";
import { REASONING_EFFORTS } from "../core/reasoningEffort.ts";
import { estimate } from "./estimate.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { addImageOptions, splitImageFlags, type ImageFlags } from "./images.ts";
import { check, status } from "./inspect.ts";
import { addHearingOptions } from "./narration.ts";
import { LOOK_PRESETS } from "../core/looks.ts";
import { DEFAULT_LOOK } from "../import/newStory.ts";
import { newStory, readOutput, readShotLength, type NewStoryFlags } from "./newStory.ts";
import { addEnvironmentHelp, PROVIDERS, type ProviderFlags } from "./providerWords.ts";
import { regenerateReviewed } from "./reviewCast.ts";
import { regenerate } from "./regenerate.ts";
import { retime, type RetimeFlags } from "./retime.ts";

interface RegenerateFlags extends ProviderFlags, ImageFlags {
  readonly assetsOnly?: boolean;
  readonly review?: boolean;
  readonly json?: boolean;
  readonly segments?: readonly string[];
  readonly all?: boolean;
  readonly batchSize?: number;
  readonly parallelBatches?: number;
  readonly maxCalls?: number;
  readonly overwriteEdits?: boolean;
  readonly keepGoing?: boolean;
  readonly takeOver?: boolean;
  readonly estimate?: boolean;
  readonly budget?: number;
  readonly prices?: string;
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
  addNew(program, host, finish);
  addRegenerate(program, host, finish);
  addRetime(program, host, finish);
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
  const command = program
    .command("regenerate")
    .description("make every segment that is missing or out of date production-ready")
    .argument("<folder>", "the story's folder, which has a story.yaml")
    .addOption(segments)
    .addOption(all)
    .addOption(new Option("--assets-only", "stop after Extract Assets, to look through them before the rest is made").conflicts("segments"))
    .option("--no-review", "do not wait after Extract Assets where the rest is paid for")
    .option("--overwrite-edits", "write over what was edited by hand; copies are kept in the story's history")
    .option("--keep-going", "after a failure, finish what does not depend on it")
    .option("--take-over", "replace the lock that a run on another computer left")
    .option("--batch-size <n>", "segments asked for in one call (10)", readCount)
    .option("--parallel-batches <n>", "batches that are open side by side (6)", readCount)
    .option("--max-calls <n>", "calls to a model that run side by side (8)", readCount)
    .addOption(new Option("--provider <who>", "who directs (offline)").choices(PROVIDERS))
    .option("--base-url <url>", "address of a server that speaks like OpenAI's, e.g. http://localhost:11434/v1")
    .option("--model <name>", "the model that directs")
    .option("--optimizer-model <name>", "the model that compiles final prompts")
    .addOption(new Option("--reasoning-effort <effort>", "how much OpenAI's models think before they write (low)").choices(REASONING_EFFORTS))
    .option("--estimate", "print what a model would take and cost, and run nothing")
    .option("--budget <usd>", "pause between segments when the run has cost this many US dollars, and ask", readDollars)
    .option("--prices <file>", "a JSON file with prices of models, which go before the built-in table")
    .option("--json", "print events, one JSON object a line, and nothing else");
  addEnvironmentHelp(addImageOptions(command)).action((folder: string, flags: RegenerateFlags) => {
    const { json = false, estimate: isEstimate = false, maxCalls, budget: budgetUsd, prices, provider, baseUrl, model, optimizerModel, reasoningEffort, assetsOnly = false, review = true, ...others } = flags;
    const { images, request: asked } = splitImageFlags(others);
    const request = assetsOnly ? { ...asked, script: false, images: false } : asked;
    const args = { folder, request, maxCalls, json, budgetUsd, prices, provider: { provider, baseUrl, model, optimizerModel, reasoningEffort }, images };
    return finish(isEstimate ? estimate(args, host) : review ? regenerateReviewed(args, host) : regenerate(args, host));
  });
}

function addNew(program: Command, host: CliHost, finish: (work: Promise<number>) => Promise<void>): void {
  const command = program
    .command("new")
    .description("make a story folder from a narration, subtitles, a transcript or a recording; nothing is directed yet")
    .argument("<folder>", "the story's folder, which must be new or empty")
    .requiredOption("--from <file>", "text, Markdown, SRT, WebVTT, TTML, the JSON of a transcriber, or sound")
    .option("--text <file>", "the narration in your own words, as text or Markdown, where --from tells when they are said")
    .option("--title <words>", "the story's title (that of the file)")
    .option("--language <tag>", "the narration's language, such as en or pt-BR (that of the file, or a guess)")
    .option("--look <words>", `what all pictures have in common: ${LOOK_PRESETS.map(({ id }) => id).join(", ")}, or words of your own (${DEFAULT_LOOK})`)
    .addOption(new Option("--output <profile>", "a video model, such as veo-3.1 or kling-3:9:16; may be given again").argParser(readOutput).default([], "general"))
    .addOption(new Option("--shot-length <seconds>", "shortest, ideal and longest").argParser(readShotLength).default({ shortest: 2.5, ideal: 5, longest: 8 }, "2.5,5,8"))
    .option("--frame-rate <n>", "frames a second; every cut is on a frame then", readNumber)
    .addOption(new Option("--words-per-minute <n>", "pace of a text without times").argParser(readNumber).default(150))
    .option("--leave-out-doubtful", "make the story without cues that a transcriber seems to have made up");
  addEnvironmentHelp(addHearingOptions(command)).action((folder: string, flags: NewStoryFlags) => finish(newStory(folder, flags, host)));
}

function addRetime(program: Command, host: CliHost, finish: (work: Promise<number>) => Promise<void>): void {
  const command = program
    .command("retime")
    .description("put a story to the times of a new take of its voice; segments keep ids, and only what changed is redone")
    .argument("<folder>", "the story's folder, which has a story.yaml")
    .requiredOption("--from <file>", "the new take: sound, SRT, WebVTT, TTML, the JSON of a transcriber, or text")
    .option("--dry-run", "tell what would change, and write nothing")
    .addOption(new Option("--words-per-minute <n>", "pace of a text without times").argParser(readNumber).default(150))
    .option("--leave-out-doubtful", "leave out cues that a transcriber seems to have made up")
    .option("--take-over", "replace the lock that a run on another computer left")
    .option("--json", "print one object on one line");
  addEnvironmentHelp(addHearingOptions(command)).action((folder: string, flags: RetimeFlags) => finish(retime(folder, flags, host)));
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

function readNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || number <= 0) throw new InvalidArgumentError("It is a number above 0.");
  return number;
}

function readDollars(text: string): number {
  const dollars = Number(text.replace(/^\$/, ""));
  if (!/^\$?\d*\.?\d+$/.test(text) || !(dollars > 0)) throw new InvalidArgumentError("It is an amount in US dollars above 0, such as 0.50.");
  return dollars;
}

/** Parts are between commas or blanks; what they name is for the story to say. */
function readList(text: string): readonly string[] {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  if (parts.length === 0) throw new InvalidArgumentError("It is a list such as 3,7-9,segment_12b.");
  return parts;
}
