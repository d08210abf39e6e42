/** What a model costs, in US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  /** Input that the provider had in its cache; as other input where absent. */
  readonly cachedInput?: number | undefined;
  /** Input that is put into the cache; as other input where absent. */
  readonly cacheWrite?: number | undefined;
  /** Pictures that are sent along; as other input where absent. */
  readonly imageInput?: number | undefined;
  /** What the model thinks before it answers counts as output. */
  readonly output: number;
}

/** Where a price comes from, and the ISO date on which it was looked up. */
export interface PriceSource {
  readonly source: string;
  readonly asOf: string;
}

/** By the model's name, in small letters; a name that ends in `*` stands for all that begin so. */
export type PriceTable = Readonly<Record<string, Price>>;

const OPENAI: PriceSource = { source: "OpenAI's list prices for requests of up to 272,000 tokens", asOf: "2026-11-22" };

/**
 * The one table of prices. Prices age: people put newer ones, and those of other models, into the
 * setting `storyDirector.prices` or a file for `--prices`. From gpt-5.6 on OpenAI takes 1.25 times
 * the price of input for what it puts into its cache.
 */
export const PRICES: Readonly<Record<string, Price & PriceSource>> = {
  "gpt-6-astra": { input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50, ...OPENAI },
  "gpt-6.1-sol": { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, ...OPENAI },
  "gpt-6-sol": { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10, ...OPENAI },
  "gpt-6.1-terra": { input: 1, cachedInput: 0.05, cacheWrite: 1.25, output: 5, ...OPENAI },
  "gpt-6-luna": { input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5, ...OPENAI },
  "gpt-5.6-terra": { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 12, ...OPENAI },
  "gpt-5.6-luna": { input: 0.2, cachedInput: 0.02, cacheWrite: 0.25, output: 1.2, ...OPENAI },
  "gpt-image-2": { input: 5, imageInput: 8, output: 30, ...OPENAI },
  "gpt-image-2.5-flare": { input: 5, imageInput: 8, output: 30, ...OPENAI },
  "gpt-image-2.5-sunburst": { input: 5, imageInput: 8, output: 30, ...OPENAI },
  "gpt-image-2.6-flare": { input: 5, imageInput: 8, output: 30, ...OPENAI },
  "gpt-image-2.6-sunburst": { input: 5, imageInput: 8, output: 30, ...OPENAI },
};

/** US dollars for a minute of a recording that is transcribed. What is paid by the token is not here. */
export const MINUTE_PRICES: Readonly<Record<string, { readonly usd: number } & PriceSource>> = {
  "whisper-1": { usd: 0.006, source: "OpenAI's page of the model", asOf: "2026-11-22" },
  "gpt-transcribe": { usd: 0.0045, source: "OpenAI's page of the model", asOf: "2026-11-22" },
};
