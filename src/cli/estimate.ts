import type { RunEstimate } from "../compose.ts";
import type { RunEvent } from "../pipeline/ports.ts";
import { toErrorRecord } from "../progress/runEvents.ts";
import { estimatedMoney, formatEstimate } from "../spending/runEstimate.ts";
import { reportFailure } from "./failure.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { readOwnPrices } from "./prices.ts";
import { chooseDirector } from "./provider.ts";
import type { RegenerateArguments } from "./regenerate.ts";
import { plural } from "../core/words.ts";

/** Prints what the run would take, and runs nothing. @returns the exit code */
export async function estimate({ folder, request, provider, prices, json }: RegenerateArguments, host: CliHost): Promise<number> {
  const { theme, print } = printerFor(host.stdout, host);
  try {
    // Nothing is sent, so that no key is needed.
    const { choice } = chooseDirector(provider, { ...host.env, OPENAI_API_KEY: host.env["OPENAI_API_KEY"] || "-" });
    const own = await readOwnPrices(prices, host);
    const found = await host.openStoryDirector({ folder, director: choice, ...(own ? { prices: own } : {}) }).estimate(request);
    print(...(json ? [JSON.stringify({ estimate: found ?? null })] : estimateLines(found).map(theme.clean)));
    return EXIT.done;
  } catch (error) {
    if (json) print(JSON.stringify({ error: toErrorRecord(error) }));
    return reportFailure(error, host);
  }
}

function estimateLines(found: RunEstimate | undefined): string[] {
  if (!found) return ["The offline director makes no calls: no cost."];
  const { direct, refresh, models, unknownPrices } = found;
  if (found.calls.high === 0) return ["Nothing to ask a model for: no cost."];
  return [
    `${plural(direct, "segment")} to direct, ${refresh} to refresh; ${plural(models.length, "model")}: ${models.join(", ")}`,
    formatEstimate(found),
    ...(unknownPrices.length ? [`Put the price of ${unknownPrices.join(" and ")} into a file for --prices: { "${unknownPrices[0]}": { "input": 1, "output": 5 } } in US dollars for a million tokens.`] : []),
  ];
}

/** The one line before a run, and what a budget cannot do; none where no model is asked. */
export function estimateNotes(event: RunEvent, budgetUsd: number | undefined): string[] {
  const found = event as RunEvent & RunEstimate;
  if (found.calls.high === 0) return [];
  const blind = budgetUsd !== undefined && found.unknownPrices.length > 0;
  return [`Estimate: ${formatEstimate(found)}`, ...(blind ? [`The budget cannot hold what has no price: ${estimatedMoney(found)}.`] : [])];
}
