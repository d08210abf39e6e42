import { commands, env, Position, Range, Uri, window, type LogOutputChannel } from "vscode";
import { describeFailure, isAbortError, messageOf, type Failure } from "../core/errors.ts";
import { formatPlace, type Problem } from "../core/problem.ts";
import { COMMANDS, VIEWS } from "./ids.ts";
import { offerFor } from "./models/offers.ts";

const OPEN_FAILURE = "Open Failure";
const SHOW_PROBLEM = "Show Problem";
const SHOW_PROGRESS = "Show Progress";
const SHOW_LOG = "Show Log";
const COPY_REPORT = "Copy Report";

/** The one place where errors reach a person: what, where, and a button that leads on. */
export class Failures {
  readonly #log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** Runs a command's work; what it throws is shown, and gives undefined. Being stopped is no error. */
  async guard<Result>(work: () => Promise<Result>, folder?: Uri): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isAbortError(error)) void this.show(error, folder);
      return undefined;
    }
  }

  async show(error: unknown, folder: Uri | undefined): Promise<void> {
    const failure = describeFailure(error);
    this.#write(error, failure);
    if (!failure.isExpected) return this.#showBug(error, failure);
    const { bundle } = failure;
    const [problem] = failure.problems;
    const offer = offerFor(error);
    // Where a model's answer was kept, the file that it was meant for is often not there yet.
    const places = bundle && folder ? [OPEN_FAILURE, SHOW_PROGRESS] : problem && folder ? [SHOW_PROBLEM, SHOW_PROGRESS] : [SHOW_LOG];
    const actions = [...(offer ? [offer.title] : []), ...places];
    const chosen = await window.showErrorMessage([endSentence(failure.message), failure.hint].filter(Boolean).join(" "), ...actions);
    try {
      if (offer && chosen === offer.title) await commands.executeCommand(offer.command);
      if (chosen === OPEN_FAILURE && bundle && folder) await openFailure(bundle, folder);
      if (chosen === SHOW_PROBLEM && problem && folder) await openProblem(problem, folder);
      if (chosen === SHOW_PROGRESS) await commands.executeCommand(`${VIEWS.progress}.focus`);
      if (chosen === SHOW_LOG) await commands.executeCommand(COMMANDS.showLog);
    } catch (cause) {
      // The file may be what is missing.
      this.#log.error(messageOf(cause));
      void window.showErrorMessage(`${chosen}: ${endSentence(messageOf(cause))}`);
    }
  }

  /** An error that nobody foresaw is ours: the stack goes to the log, and a report is asked for. */
  async #showBug(error: unknown, { message }: Failure): Promise<void> {
    const text = `Story Director made a mistake: ${endSentence(message)} Please report it with the details from the log.`;
    const chosen = await window.showErrorMessage(text, COPY_REPORT, SHOW_LOG);
    if (chosen === COPY_REPORT) await env.clipboard.writeText(error instanceof Error ? (error.stack ?? message) : message);
    if (chosen === SHOW_LOG) await commands.executeCommand(COMMANDS.showLog);
  }

  #write(error: unknown, { message, hint, problems, bundle, isExpected }: Failure): void {
    const lines = [message, ...problems.map((problem) => `  ${formatPlace(problem)}: ${problem.message}`), ...(hint ? [hint] : []), ...(bundle ? [`The model's answer is kept in ${bundle}`] : [])];
    this.#log.error(lines.join("\n"));
    if (!isExpected && error instanceof Error && error.stack) this.#log.error(error.stack);
  }
}

/** Opens what a model was asked and answered. @param bundle Path inside the story folder. */
export async function openFailure(bundle: string, folder: Uri): Promise<void> {
  await window.showTextDocument(Uri.joinPath(folder, bundle), { preview: true });
}

/** Opens the file of a problem at its place. */
export async function openProblem({ file, range }: Problem, folder: Uri): Promise<void> {
  const start = range ? new Position(range.start.line, range.start.character) : new Position(0, 0);
  const end = range ? new Position(range.end.line, range.end.character) : start;
  await window.showTextDocument(Uri.joinPath(folder, file), { selection: new Range(start, end) });
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
