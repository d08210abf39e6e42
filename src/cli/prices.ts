import { messageOf } from "../core/errors.ts";
import { parsePrices } from "../core/priceBook.ts";
import type { PriceTable } from "../core/prices.ts";
import { ProviderError, type CliHost } from "./host.ts";

/**
 * A person's own prices: the file of --prices, or the one that STORY_DIRECTOR_PRICES names.
 * @throws {ProviderError} where it cannot be read; {ProblemsError} where it does not hold prices
 */
export async function readOwnPrices(path: string | undefined, { env, readFile }: Pick<CliHost, "env" | "readFile">): Promise<PriceTable | undefined> {
  const file = path ?? (env["STORY_DIRECTOR_PRICES"] || undefined);
  if (file === undefined) return undefined;
  const bytes = await readFile(file).catch((error: unknown) => {
    const name = path === undefined ? "STORY_DIRECTOR_PRICES" : "--prices";
    throw new ProviderError(`${name}: ${messageOf(error)}`, { hint: "Name a JSON file with prices.", cause: error });
  });
  return parsePrices(new TextDecoder().decode(bytes), file);
}
