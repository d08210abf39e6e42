import * as z from "zod";
import { readJson, validate, type DataSource } from "./documents/source.ts";
import { ProblemsError, StoryDirectorError } from "./errors.ts";
import { formatMoney } from "./cost.ts";
import { MINUTE_PRICES, PRICES, type Price, type PriceTable } from "./prices.ts";

/** Gives the price of a model; undefined where nobody knows it. */
export type PriceOf = (model: string) => Price | undefined;

export interface PriceBookOptions {
  /** A person's prices, which go before the table. */
  readonly own?: PriceTable | undefined;
  /** The model runs on this machine: free, unless a person says otherwise, as for a proxy that passes calls on. */
  readonly isLocal?: boolean | undefined;
}

const FREE: Price = { input: 0, output: 0 };

/**
 * Finds prices by name. `openai/gpt-6.1-terra-2026-10-26` is `gpt-6.1-terra`: the provider and the
 * date are left out where the whole name is not in the table. A name that only begins like a known
 * one has no price, since a wrong price is worse than none.
 */
export function createPriceBook({ own = {}, isLocal = false }: PriceBookOptions = {}): PriceOf {
  const known = new Map<string, Price | undefined>();
  const find = (model: string): Price | undefined => findIn(own, namesOf(model)) ?? (isLocal ? FREE : listPrice(model));
  return (model) => {
    if (!known.has(model)) known.set(model, find(model));
    return known.get(model);
  };
}

/**
 * What OpenAI takes for transcribing a recording: `about $0.12`. Undefined where the price of the model or
 * the length is not known.
 */
export function transcriptionCost(model: string, seconds: number | undefined): string | undefined {
  const price = findIn(MINUTE_PRICES, namesOf(model));
  if (!price || seconds === undefined) return undefined;
  const usd = (price.usd * seconds) / 60;
  return usd < 0.01 ? `less than ${formatMoney(0.01)}` : `about ${formatMoney(usd)}`;
}

/** What is paid by subscription has no price for tokens, whatever the model's name. */
const SUBSCRIPTION = /^(?:vscode|copilot)\//i;

function listPrice(model: string): Price | undefined {
  return SUBSCRIPTION.test(model) ? undefined : findIn(PRICES, namesOf(model));
}

/** The names by which a model may stand in a table, the most exact first. */
function namesOf(model: string): string[] {
  const whole = model.trim().toLowerCase();
  const names = [whole];
  for (let at = whole.indexOf("/"); at >= 0; at = whole.indexOf("/", at + 1)) names.push(whole.slice(at + 1));
  return [...new Set(names.flatMap((name) => [name, name.replace(VERSION, "")]))];
}

const VERSION = /(?:-\d{4}-\d{2}-\d{2}|-\d{8}|-latest)$/;

function findIn<Found>(table: Readonly<Record<string, Found>>, names: readonly string[]): Found | undefined {
  for (const name of names) if (Object.hasOwn(table, name)) return table[name];
  const families = Object.keys(table).filter((key) => key.endsWith("*")).sort((a, b) => b.length - a.length);
  const family = families.find((key) => names.some((name) => name.startsWith(key.slice(0, -1))));
  return family === undefined ? undefined : table[family];
}

const dollars = z.number("a price is a number: US dollars for a million tokens").nonnegative("a price is not below 0").max(1_000_000, "a price is in US dollars for a million tokens");

const priceSchema = z.strictObject(
  {
    input: dollars,
    cachedInput: dollars.optional(),
    cacheWrite: dollars.optional(),
    imageInput: dollars.optional(),
    output: dollars,
    source: z.string().optional(),
    asOf: z.string().optional(),
  },
  { error: (issue) => (issue.code === "unrecognized_keys" ? `unknown key ${issue.keys?.join(", ")}; a price has input, cachedInput, cacheWrite, imageInput, output, source and asOf` : "a price is an object such as { \"input\": 1, \"output\": 5 }") },
);

const tableSchema = z.record(z.string().min(1), priceSchema, "prices are an object: the model's name, and its price");

/** @param file For people: where the text is from. @throws {ProblemsError} with every mistake, by line */
export function parsePrices(text: string, file: string): PriceTable {
  const { value, problems } = validate(tableSchema, readJson(text, { file }), file);
  if (!value) throw new ProblemsError(`${file} cannot be used`, problems, HINT);
  return withPlainNames(value);
}

/** Prices that come as data, such as a setting. @throws {StoryDirectorError} with every mistake, by key */
export function readPrices(data: unknown, name: string): PriceTable {
  const source: DataSource = { data, problems: [], rangeOf: () => undefined };
  const { value, problems } = validate(tableSchema, source, name);
  // There is no file to lead to, so the mistakes are part of the message.
  if (!value) throw new StoryDirectorError(`${name} cannot be used: ${problems.map(({ message }) => message).join("; ")}`, { hint: HINT });
  return withPlainNames(value);
}

function withPlainNames(table: PriceTable): PriceTable {
  return Object.fromEntries(Object.entries(table).map(([model, price]) => [model.trim().toLowerCase(), price]));
}

const HINT = 'Write prices in US dollars for a million tokens, such as { "my-model": { "input": 1, "output": 5 } }.';
