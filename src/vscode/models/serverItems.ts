import { describeFailure } from "../../core/errors.ts";
import type { Engine } from "../engine.ts";

export interface ServerItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Absent on a line that only says what is wrong. */
  readonly baseUrl?: string;
  /** Shown whatever is typed. */
  readonly alwaysShow?: boolean;
}

/** Where such servers usually are. */
export const KNOWN_SERVERS: readonly ServerItem[] = [
  { label: "Ollama", description: "http://localhost:11434/v1", baseUrl: "http://localhost:11434/v1" },
  { label: "LM Studio", description: "http://localhost:1234/v1", baseUrl: "http://localhost:1234/v1" },
  { label: "llama.cpp", description: "http://localhost:8080/v1", baseUrl: "http://localhost:8080/v1" },
  { label: "OpenRouter", description: "https://openrouter.ai/api/v1", baseUrl: "https://openrouter.ai/api/v1" },
];

export interface ServerItemsOptions {
  readonly engine: Pick<Engine, "addressOf">;
  /** What the settings hold; empty for none. */
  readonly current: string;
}

/** What is typed, read as a base URL while it is typed, and the servers that are known. */
export function serverItems(typed: string, { engine, current }: ServerItemsOptions): ServerItem[] {
  const isKnown = KNOWN_SERVERS.some(({ baseUrl }) => baseUrl === current);
  const last: ServerItem[] = current === "" || isKnown ? [] : [{ label: current, description: "as set", baseUrl: current }];
  return [...typedItems(typed.trim(), engine), ...last, ...KNOWN_SERVERS];
}

function typedItems(typed: string, engine: Pick<Engine, "addressOf">): ServerItem[] {
  // A name of the list is being typed, not an address.
  if (typed === "" || KNOWN_SERVERS.some(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()))) return [];
  try {
    const { baseUrl } = engine.addressOf(typed);
    return [{ label: baseUrl, description: "use this address", baseUrl, alwaysShow: true }];
  } catch (error) {
    const { message, hint, isExpected } = describeFailure(error);
    if (!isExpected) throw error;
    return [{ label: `$(error) ${message}`, ...(hint === undefined ? {} : { detail: hint }), alwaysShow: true }];
  }
}

export interface NameItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly name?: string;
  readonly alwaysShow?: boolean;
}

export interface NameItemsOptions {
  /** What the server lists; empty while it is asked, or where it keeps no list. */
  readonly models: readonly string[];
  /** Why there is no list. */
  readonly trouble?: { readonly message: string; readonly hint: string | undefined } | undefined;
}

/** The models that a server lists, and whatever name is typed. */
export function nameItems(typed: string, { models, trouble }: NameItemsOptions): NameItem[] {
  const text = typed.trim();
  const own: NameItem[] = text === "" || models.includes(text) ? [] : [{ label: text, description: "use this name", name: text, alwaysShow: true }];
  const warning: NameItem[] = trouble ? [{ label: `$(warning) ${trouble.message}`, detail: [trouble.hint, "You can type the model's name."].filter(Boolean).join(" "), alwaysShow: true }] : [];
  return [...own, ...warning, ...models.map((name) => ({ label: name, name }))];
}
