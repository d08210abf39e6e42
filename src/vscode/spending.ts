import { window, type MessageItem } from "vscode";
import type { BudgetAnswer, BudgetPause, RunBudget, RunEstimate } from "../compose.ts";
import { formatMoney } from "../core/cost.ts";
import { formatEstimate } from "../spending/runEstimate.ts";
import { spendingSettings } from "./settings.ts";
import { approvalQuestion, budgetQuestion, needsApproval } from "./spendingWords.ts";

const START = "Start";

export interface BudgetedRun {
  readonly title: () => string;
  /** Stops the run; who chose so is told of no error. */
  readonly stop: () => void;
}

/** Asks a person about money: before a run that may cost much, and when its budget is spent. */
export class Spending {
  readonly #log: (line: string) => void;
  /** Models whose unknown price was accepted in this session. */
  readonly #accepted = new Set<string>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  async approve(estimate: RunEstimate): Promise<boolean> {
    this.#log(`Estimate: ${formatEstimate(estimate)}`);
    if (!needsApproval(estimate, { askAboveUsd: spendingSettings().askAboveUsd, accepted: this.#accepted })) return true;
    const { message, detail } = approvalQuestion(estimate);
    const isStarted = (await window.showInformationMessage(message, { modal: true, detail }, START)) === START;
    if (isStarted) for (const model of estimate.unknownPrices) this.#accepted.add(model);
    return isStarted;
  }

  /** Undefined where no limit is set. */
  budget(run: BudgetedRun): RunBudget | undefined {
    const { limitUsd } = spendingSettings();
    return limitUsd === undefined ? undefined : { limitUsd, ask: (pause) => this.#ask(pause, limitUsd, run) };
  }

  async #ask(pause: BudgetPause, more: number, run: BudgetedRun): Promise<BudgetAnswer> {
    const { message, detail } = budgetQuestion(pause, run.title());
    this.#log(message);
    const another: MessageItem = { title: `Spend Another ${formatMoney(more)}` };
    const unlimited: MessageItem = { title: "Go On Without Limit" };
    const stop: MessageItem = { title: "Stop", isCloseAffordance: true };
    const chosen = await window.showWarningMessage(message, { modal: true, detail }, another, unlimited, stop);
    if (chosen === another) return { go: "on", limitUsd: pause.spentUsd + more };
    if (chosen === unlimited) return { go: "on" };
    run.stop();
    return { go: "stop" };
  }
}
