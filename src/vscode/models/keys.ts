import type { SecretStorage } from "vscode";

/** Where a key comes from: kept by VS Code, kept until the window closes, or a variable of the environment. */
export type KeySource = "stored" | "session" | "OPENAI_API_KEY" | "STORY_DIRECTOR_API_KEY";

export interface ApiKey {
  readonly value: string;
  readonly source: KeySource;
}

export interface KeysOptions {
  readonly secrets: Pick<SecretStorage, "get" | "store" | "delete" | "keys">;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called for a key of this window alone; VS Code tells of the others itself. */
  readonly onChange?: (() => void) | undefined;
}

export const OPENAI_ORIGIN = "https://api.openai.com";
const PREFIX = "storyDirector.apiKey ";

/**
 * API keys, each kept by the origin that it is meant for, such as `https://api.openai.com`, so that
 * a changed base URL never takes a key along. Where nothing is kept for an origin, the environment
 * is asked: OPENAI_API_KEY is for OpenAI's own host only.
 */
export class Keys {
  readonly #secrets: KeysOptions["secrets"];
  readonly #environment: KeysOptions["environment"];
  readonly #onChange: () => void;
  /** Where secrets cannot be stored, as on Linux without a keyring. */
  readonly #session = new Map<string, string>();

  constructor({ secrets, environment, onChange = () => undefined }: KeysOptions) {
    this.#onChange = onChange;
    this.#secrets = secrets;
    this.#environment = environment;
  }

  async find(origin: string): Promise<ApiKey | undefined> {
    const session = this.#session.get(origin);
    if (session) return { value: session, source: "session" };
    const stored = await this.#stored(origin);
    if (stored) return { value: stored, source: "stored" };
    const source = origin === OPENAI_ORIGIN ? "OPENAI_API_KEY" : "STORY_DIRECTOR_API_KEY";
    const value = this.#environment[source]?.trim();
    return value ? { value, source } : undefined;
  }

  /** @returns whether it is kept beyond this window */
  async set(origin: string, value: string): Promise<"stored" | "session"> {
    try {
      await this.#secrets.store(PREFIX + origin, value.trim());
      this.#session.delete(origin);
      return "stored";
    } catch {
      this.#session.set(origin, value.trim());
      this.#onChange();
      return "session";
    }
  }

  async clear(origin: string): Promise<void> {
    if (this.#session.delete(origin)) this.#onChange();
    if (await this.#stored(origin)) await this.#secrets.delete(PREFIX + origin);
  }

  /** For which origins a key was set, sorted. */
  async origins(): Promise<string[]> {
    const names = await Promise.resolve(this.#secrets.keys()).catch((): string[] => []);
    const stored = names.filter(isKeyName).map((name) => name.slice(PREFIX.length));
    return [...new Set([...stored, ...this.#session.keys()])].sort();
  }

  async #stored(origin: string): Promise<string | undefined> {
    return Promise.resolve(this.#secrets.get(PREFIX + origin)).catch(() => undefined);
  }
}

/** Whether a secret of that name is an API key. */
export function isKeyName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** What is wrong with a key as it was typed; undefined where nothing is. */
export function keyProblem(text: string): string | undefined {
  const key = text.trim();
  if (key === "") return "Paste the key, or press Escape.";
  return /^[\x21-\x7e]+$/.test(key) ? undefined : "A key has no blanks, line breaks or special characters: copy it once more.";
}

/** `with the key stored for https://api.openai.com` */
export function tellKey(key: ApiKey | undefined, origin: string): string {
  switch (key?.source) {
    case undefined:
      return "without a key";
    case "stored":
      return `with the key stored for ${origin}`;
    case "session":
      return `with the key that you set for ${origin} in this window`;
    case "OPENAI_API_KEY":
    case "STORY_DIRECTOR_API_KEY":
      return `with the key of ${key.source}`;
  }
}
