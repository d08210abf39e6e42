import type { BudgetAnswer, BudgetPause, RunBudget } from "../compose.ts";
import { formatMoney } from "../core/cost.ts";
import type { CliHost } from "./host.ts";

export interface BudgetDesk {
  readonly ask: CliHost["ask"];
  readonly signal: AbortSignal;
  /** Leaves the terminal to the question; what it returns takes it back. */
  readonly suspend: () => () => void;
}

/** The budget of a run in the terminal: at the limit it asks, or stops where nobody sits there. */
export function terminalBudget(limitUsd: number, { ask, signal, suspend }: BudgetDesk): RunBudget {
  if (!ask) return { limitUsd };
  const askOnce = async (pause: BudgetPause): Promise<BudgetAnswer> => {
    const resume = suspend();
    try {
      let question = questionOf(pause, limitUsd);
      for (;;) {
        const answer = readAnswer(await ask(question, signal), pause, limitUsd);
        if (answer) return answer;
        question = "Type y, a or n: ";
      }
    } finally {
      resume();
    }
  };
  return { limitUsd, ask: askOnce };
}

function questionOf({ limitUsd, spentUsd, unknownCalls }: BudgetPause, more: number): string {
  const unknown = unknownCalls ? `, and ${unknownCalls} calls at an unknown price` : "";
  return `
The budget of ${formatMoney(limitUsd)} is spent: ${formatMoney(spentUsd)} so far${unknown}. What has begun is saved.
Go on with another ${formatMoney(more)} (y), without a limit (a), or stop (n)? `;
}

/** Undefined where the answer is none. Where the input ends, nobody has agreed to pay more. */
function readAnswer(text: string | undefined, { spentUsd }: BudgetPause, more: number): BudgetAnswer | undefined {
  switch (text?.trim().toLowerCase()) {
    case "y":
    case "yes":
      return { go: "on", limitUsd: spentUsd + more };
    case "a":
    case "all":
      return { go: "on" };
    case undefined:
    case "n":
    case "no":
      return { go: "stop" };
    default:
      return undefined;
  }
}
