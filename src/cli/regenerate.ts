import type { DirectRequest, OpenOptions, RunSummary } from "../compose.ts";
import { isAbortError } from "../core/errors.ts";
import type { RunEvent } from "../pipeline/ports.ts";
import { ProgressManager } from "../progress/progressManager.ts";
import { toErrorRecord } from "../progress/runEvents.ts";
import { terminalBudget } from "./budget.ts";
import { cacheFile } from "./cacheFile.ts";
import { assetsLines, costLine, savedLine, summaryLines, type ReadyCount } from "./closing.ts";
import { estimateNotes } from "./estimate.ts";
import { reportFailure } from "./failure.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { chooseImages, type ImageFlags } from "./images.ts";
import { listenForInterrupts } from "./interruption.ts";
import { startLiveDisplay, type Display } from "./liveDisplay.ts";
import { startPlainDisplay } from "./plainDisplay.ts";
import { readOwnPrices } from "./prices.ts";
import { chooseDirector } from "./provider.ts";
import type { ProviderFlags } from "./providerWords.ts";

export interface RegenerateArguments {
  readonly folder: string;
  readonly request: DirectRequest;
  readonly maxCalls?: number | undefined;
  readonly provider: ProviderFlags;
  /** US dollars at which the run pauses and asks. */
  readonly budgetUsd?: number | undefined;
  /** A file with prices of a person's own. */
  readonly prices?: string | undefined;
  readonly images: ImageFlags;
  /** Events as lines of JSON on stdout, and nothing else there. */
  readonly json: boolean;
}

/** Runs the pipeline while a tree, plain lines or events tell of it. @returns the exit code */
export async function regenerate(args: RegenerateArguments, host: CliHost): Promise<number> {
  const progress = new ProgressManager(host.clock);
  const run = args.json ? watchAsJson(host) : watchForPeople(args, host, progress);
  const interruption = listenForInterrupts(host, () => run.onInterrupt());
  try {
    const { choice, told } = chooseDirector(args.provider, host.env);
    const images = chooseImages(args.images, choice);
    const lines = [told, images.told].filter((line) => line !== undefined);
    if (!args.json) printerFor(host.stdout, host).print(...lines);
    const prices = await readOwnPrices(args.prices, host);
    const director = host.openStoryDirector({ folder: args.folder, maxCalls: args.maxCalls, director: choice, ...images.choice, ...(prices ? { prices } : {}), ...rememberedAbilities(host) });
    const { signal } = interruption;
    const budget = args.budgetUsd === undefined ? undefined : terminalBudget(args.budgetUsd, { ask: args.json ? undefined : host.ask, signal, suspend: () => run.suspend() });
    const summary = await director.direct(args.request, { progress, signal, onEvent: run.onEvent, budget });
    run.onDone(summary);
    return EXIT.done;
  } catch (error) {
    const isStopped = interruption.signal.aborted || isAbortError(error);
    run.onFailed(error);
    const code = isAbortError(error) ? EXIT.interrupted : reportFailure(error, host);
    run.onEnd(isStopped);
    return isStopped ? EXIT.interrupted : code;
  } finally {
    interruption.end();
  }
}

/** Who is told of the run, in the order of its life. */
interface Watcher {
  readonly onEvent: (event: RunEvent) => void;
  onInterrupt(): void;
  /** Leaves the terminal to somebody else; what it returns takes it back. */
  suspend(): () => void;
  onDone(summary: RunSummary): void;
  onFailed(error: unknown): void;
  /** After the error was told of. */
  onEnd(isStopped: boolean): void;
}

const STOPPING = "Stopping; what has begun to be saved is finished. Ctrl+C again exits at once.";

function watchForPeople({ request, budgetUsd }: RegenerateArguments, host: CliHost, progress: ProgressManager): Watcher {
  const { capabilities, theme, print } = printerFor(host.stdout, host);
  const errors = printerFor(host.stderr, host);
  const options = { stream: host.stdout, progress, capabilities, clock: host.clock, schedule: host.schedule };
  const display: Display = capabilities.live ? startLiveDisplay(options) : startPlainDisplay(options);
  let counted: ReadyCount | undefined;
  let cost = "";
  return {
    onEvent(event) {
      if (event.event === "run-start") display.note(theme.dim(directorLine(event)));
      if (event.event === "estimate") for (const line of estimateNotes(event, budgetUsd)) display.note(theme.dim(theme.clean(line)));
      if (event.event !== "run-end") return;
      counted = readyIn(event);
      cost = costLine(event as Partial<RunSummary>);
    },
    suspend: () => display.suspend(),
    onInterrupt: () => display.notice(theme.clean(STOPPING)),
    onDone(summary) {
      display.stop();
      print("", ...(request.script === false ? assetsLines : summaryLines)(summary, host.cwd, theme));
    },
    onFailed() {
      display.stop();
      if (progress.nodes.length) print("");
    },
    onEnd(isStopped) {
      const saved = savedLine(counted ?? readyInTree(progress), request);
      const words = [isStopped ? "Stopped." : "", saved, cost].filter(Boolean).join(" ");
      if (words) errors.print(words);
    },
  };
}

function watchAsJson(host: CliHost): Watcher {
  const write = (event: RunEvent) => void host.stdout.write(`${JSON.stringify(event)}\n`);
  let isEnded = false;
  return {
    onEvent(event) {
      isEnded ||= event.event === "run-end";
      write(event);
    },
    onInterrupt: () => undefined,
    suspend: () => () => undefined,
    onDone: () => undefined,
    onFailed(error) {
      // A run that could not start has no events of its own; readers wait for this one.
      if (!isEnded) write({ event: "run-end", ...(isAbortError(error) ? { outcome: "cancelled" } : { outcome: "failed", ...toErrorRecord(error) }) });
    },
    onEnd: () => undefined,
  };
}

/** What a server could not do is asked for once a week, not at every start of the program. */
function rememberedAbilities({ env, platform }: CliHost): Pick<OpenOptions, "abilities"> {
  const file = cacheFile("servers.json", env, platform);
  return file === undefined ? {} : { abilities: { file } };
}

function directorLine({ director }: RunEvent): string {
  return director === "offline" ? "Offline director: drafts by rules, no AI model" : `Director: ${String(director)}`;
}

function readyIn({ ready, total }: RunEvent): ReadyCount | undefined {
  return typeof ready === "number" && typeof total === "number" ? { ready, total } : undefined;
}

function readyInTree({ nodes }: ProgressManager): ReadyCount {
  const counts = nodes[0]?.counts;
  return { ready: counts ? counts.done + counts["up to date"] : 0, total: counts?.total ?? 0 };
}
