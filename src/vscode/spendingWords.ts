import type { BudgetPause, RunEstimate } from "../compose.ts";
import { formatMoney } from "../core/cost.ts";
import { plural } from "../core/words.ts";
import { estimatedMoney, formatEstimate } from "../spending/runEstimate.ts";

/** A question with its details, as a modal dialog shows them. */
export interface Question {
  readonly message: string;
  readonly detail: string;
}

export interface ApprovalRules {
  /** US dollars: what may cost more is asked about. */
  readonly askAboveUsd: number;
  /** Models whose unknown price a person has accepted. */
  readonly accepted: ReadonlySet<string>;
}

/** Whether a run is asked about before it starts: it may cost a lot, or nobody knows what. */
export function needsApproval({ usd, unknownPrices, calls }: RunEstimate, { askAboveUsd, accepted }: ApprovalRules): boolean {
  if (calls.high === 0) return false;
  return usd ? usd.high > askAboveUsd : unknownPrices.some((model) => !accepted.has(model));
}

export function approvalQuestion(estimate: RunEstimate): Question {
  const { direct, refresh, models, unknownPrices } = estimate;
  const money = estimate.usd ? `It will cost about ${estimatedMoney(estimate)}.` : "What it will cost is unknown.";
  const prices = unknownPrices.length ? ` There is no price for ${unknownPrices.join(" and ")}; give one in the setting storyDirector.prices.` : "";
  const work = `${plural(direct, "segment")} to direct, ${refresh} to refresh, by ${models.join(" and ")}`;
  return { message: `Start? ${money}`, detail: `${work}: ${formatEstimate(estimate)}.${prices}` };
}

export function budgetQuestion({ limitUsd, spentUsd, unknownCalls }: BudgetPause, title: string): Question {
  const unknown = unknownCalls ? ` ${unknownCalls} calls at an unknown price are not in the sum.` : "";
  return {
    message: `The budget of ${formatMoney(limitUsd)} is spent: ${formatMoney(spentUsd)} so far.`,
    detail: `“${title}” pauses; what has begun is saved.${unknown} If you stop, the next run goes on from there.`,
  };
}

export interface RunningStory {
  readonly counts: { readonly settled: number; readonly total: number };
  /** What its node says it has cost; absent where no model is asked. */
  readonly step?: string | undefined;
}

/** The text of the status bar: segments, and what they have cost so far. */
export function statusText(stories: readonly RunningStory[]): string {
  const settled = stories.reduce((sum, { counts }) => sum + counts.settled, 0);
  const total = stories.reduce((sum, { counts }) => sum + counts.total, 0);
  const cost = stories.flatMap(({ step }) => step ?? []).join(" + ");
  const counts = total ? `${settled}/${total}${cost ? "" : " segments"}` : "Reading the narration…";
  return `$(sync~spin) ${cost ? `${counts} · ${cost}` : counts}`;
}
