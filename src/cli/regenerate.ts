import { setMaxListeners } from "node:events";
import type { DirectRequest, RunSummary } from "../compose.ts";
import { isAbortError } from "../core/errors.ts";
import type { RunEvent } from "../pipeline/ports.ts";
import { ProgressManager } from "../progress/progressManager.ts";
import { toErrorRecord } from "../progress/runEvents.ts";
import { savedLine, summaryLines, type ReadyCount } from "./closing.ts";
import { reportFailure } from "./failure.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { startLiveDisplay, type Display } from "./liveDisplay.ts";
import { startPlainDisplay } from "./plainDisplay.ts";
import { chooseDirector, type ProviderFlags } from "./provider.ts";

export interface RegenerateArguments {
  readonly folder: string;
  readonly request: DirectRequest;
  readonly maxCalls?: number | undefined;
  readonly provider: ProviderFlags;
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
    if (told && !args.json) printerFor(host.stdout, host).print(told);
    const director = host.openStoryDirector({ folder: args.folder, maxCalls: args.maxCalls, director: choice });
    const summary = await director.direct(args.request, { progress, signal: interruption.signal, onEvent: run.onEvent });
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
  onDone(summary: RunSummary): void;
  onFailed(error: unknown): void;
  /** After the error was told of. */
  onEnd(isStopped: boolean): void;
}

const STOPPING = "Stopping; what has begun to be saved is finished. Ctrl+C again exits at once.";

function watchForPeople({ request }: RegenerateArguments, host: CliHost, progress: ProgressManager): Watcher {
  const { capabilities, theme, print } = printerFor(host.stdout, host);
  const errors = printerFor(host.stderr, host);
  const options = { stream: host.stdout, progress, capabilities, clock: host.clock, schedule: host.schedule };
  const display: Display = capabilities.live ? startLiveDisplay(options) : startPlainDisplay(options);
  let counted: ReadyCount | undefined;
  return {
    onEvent(event) {
      if (event.event === "run-start") display.note(theme.dim(directorLine(event)));
      if (event.event === "run-end") counted = readyIn(event);
    },
    onInterrupt: () => display.notice(theme.clean(STOPPING)),
    onDone(summary) {
      display.stop();
      print("", ...summaryLines(summary, host.cwd, theme));
    },
    onFailed() {
      display.stop();
      if (progress.nodes.length) print("");
    },
    onEnd(isStopped) {
      const saved = savedLine(counted ?? readyInTree(progress), request);
      const words = [isStopped ? "Stopped." : "", saved].filter(Boolean).join(" ");
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
    onDone: () => undefined,
    onFailed(error) {
      // A run that could not start has no events of its own; readers wait for this one.
      if (!isEnded) write({ event: "run-end", ...(isAbortError(error) ? { outcome: "cancelled" } : { outcome: "failed", ...toErrorRecord(error) }) });
    },
    onEnd: () => undefined,
  };
}

/** The first interrupt stops the run, so that it ends in order; the second does not wait for that. */
function listenForInterrupts(host: CliHost, onFirst: () => void): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  // Everything that can be stopped listens here; many listeners are no leak.
  setMaxListeners(0, controller.signal);
  const end = host.onInterrupt(() => {
    if (controller.signal.aborted) return host.exitNow(EXIT.interrupted);
    onFirst();
    controller.abort();
  });
  return { signal: controller.signal, end };
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
