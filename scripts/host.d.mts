export interface Missing {
  /** A sentence for people. */
  readonly missing: string;
}

export interface ServerHost {
  /** The program of the Node that VS Code's server wants. */
  readonly node: string;
  readonly serverMain: string;
}

export interface Host extends ServerHost {
  /** The folder of the package playwright-core. */
  readonly playwright: string;
  /** The program of a Chromium, Chrome or Edge. */
  readonly browser: string;
}

export function ensureHost(): Host | Missing;

export function ensureServer(): ServerHost | Missing;
