import { createRequire } from "node:module";
import { join } from "node:path";
import type { Host } from "../../scripts/host.mjs";

/** What of playwright-core is used here: its own types are not installed where only types are checked. */
export interface Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
}

export interface Page extends Frame {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void>; insertText(text: string): Promise<void> };
  readonly mouse: {
    move(x: number, y: number, options?: { steps: number }): Promise<void>;
    wheel(x: number, y: number): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  goto(address: string): Promise<unknown>;
  frames(): Frame[];
  screenshot(options: { path: string }): Promise<unknown>;
  /** Makes a function of this process one of the page's window. */
  exposeFunction(name: string, action: (...values: never[]) => unknown): Promise<void>;
  context(): { newCDPSession(of: Page | Frame): Promise<CdpSession> };
  /** A crash of the page, or an error that nobody in it caught. */
  on(event: "crash" | "close", listener: () => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  /** Whatever a document of the page, or of a frame in it, writes to its console. */
  on(event: "console", listener: (message: ConsoleMessage) => void): void;
}

export interface ConsoleMessage {
  type(): string;
  text(): string;
}

/** The browser's own protocol, for what has no function: https://chromedevtools.github.io/devtools-protocol */
export interface CdpSession {
  send(method: string, parameters?: object): Promise<unknown>;
  detach(): Promise<void>;
}

export interface Frame {
  url(): string;
  parentFrame(): Frame | null;
  locator(selector: string): Locator;
  waitForSelector(selector: string, options?: WaitOptions): Promise<unknown>;
  evaluate<Result>(action: () => Result): Promise<Awaited<Result>>;
  evaluate<Result, Value>(action: (value: Value) => Result, value: Value): Promise<Awaited<Result>>;
}

export interface Locator {
  locator(selector: string): Locator;
  filter(options: { hasText?: string | RegExp; has?: Locator }): Locator;
  first(): Locator;
  nth(index: number): Locator;
  count(): Promise<number>;
  click(options?: { button?: "left" | "right"; clickCount?: number; modifiers?: readonly ("Control" | "Shift" | "Alt")[]; timeout?: number }): Promise<void>;
  dblclick(): Promise<void>;
  hover(): Promise<void>;
  focus(): Promise<void>;
  fill(text: string, options?: { timeout: number }): Promise<void>;
  press(key: string): Promise<void>;
  check(): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  isVisible(): Promise<boolean>;
  inputValue(): Promise<string>;
  textContent(): Promise<string | null>;
  innerText(): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
  waitFor(options?: WaitOptions): Promise<void>;
}

interface WaitOptions {
  readonly state?: "attached" | "detached" | "visible" | "hidden";
  readonly timeout?: number;
}

interface Playwright {
  readonly chromium: { launch(options: object): Promise<PlaywrightBrowser> };
}

interface PlaywrightBrowser extends Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page & { setDefaultTimeout(timeoutMs: number): void }>;
}

const FLAGS = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--force-color-profile=srgb",
];

/** For the start, for a page to be loaded, and for whatever is to be clicked to be there: a busy machine takes its time. */
const TIMEOUT_MS = 60_000;

/** Starts a browser without a window. It ends with this process at the latest: it lives on a pipe to it. */
export async function launchBrowser(host: Host, home: string): Promise<Browser> {
  const { chromium }: Playwright = createRequire(join(host.playwright, "package.json"))(host.playwright);
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  // Chromium's sandbox refuses to run as root, and many containers have none; only pages of this machine are opened.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath: host.browser, chromiumSandbox: false, args: FLAGS, env, timeout: TIMEOUT_MS, ...signals });
  const newPage: Browser["newPage"] = async (options) => {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(TIMEOUT_MS);
    return page;
  };
  return { newPage, close: () => browser.close() };
}
