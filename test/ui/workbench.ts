import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureHost } from "../../scripts/host.mjs";
import { workbenchAddress } from "../host/address.ts";
import { launchBrowser, type Browser, type Frame, type Locator, type Page } from "../host/browser.ts";
import { startServer } from "../host/server.ts";
import { writeSettings, type Settings } from "../host/settings.ts";
import { prepareWorkspace, temporaryFolder } from "../host/temporary.ts";
import { eventually } from "../support/eventually.ts";
import * as menu from "./menu.ts";
import * as parts from "./parts.ts";
import * as quickInput from "./quickInput.ts";
import * as tree from "./tree.ts";
import { waitFor } from "./waitFor.ts";

const START_TIMEOUT_MS = 120_000;

export const root = fileURLToPath(new URL("../..", import.meta.url));

export type Theme = "light" | "dark" | "hc";

const THEMES: Readonly<Record<Theme, { readonly id: string; readonly label: string; readonly marker: string }>> = {
  light: { id: "Light 2026", label: "Light 2026", marker: "vs" },
  dark: { id: "Dark 2026", label: "Dark 2026", marker: "vs-dark" },
  hc: { id: "Default High Contrast", label: "Dark High Contrast", marker: "hc-black" },
};

export interface WorkbenchOptions {
  /** A folder whose copy is opened; absent: an empty one. */
  readonly folder?: string;
  /** Files to write into the copy, by their paths inside it. */
  readonly files?: Readonly<Record<string, string>>;
  /** The folder of the extension, where it is not this repository's own. */
  readonly extension?: string;
  /** Folders of further extensions. */
  readonly extensions?: readonly string[];
  readonly settings?: Settings;
  readonly theme?: Theme;
  /** The folder is not trusted. */
  readonly restricted?: boolean;
  /** Pixels; more height shows more rows of a tree. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** VS Code as a person sees and uses it. What is not there yet is waited for. */
export interface Workbench {
  /** For all that has no function here. */
  readonly page: Page;
  /** The opened copy. */
  readonly folder: string;
  runCommand(title: string): Promise<void>;
  pick(label: string): Promise<void>;
  /** Types into the open input box, and Enter. */
  answer(text: string): Promise<void>;
  /** The title of the open question. */
  question(): Promise<string>;
  /** The labels of the open quick pick's rows. */
  choices(): Promise<string[]>;
  /** The row of the open quick pick that Enter would choose, with all that it says. */
  focusedChoice(): Promise<string>;
  /** Opens the menu of a part of the window, and waits until it has the items. */
  openMenu(target: Locator, items: readonly string[]): Promise<void>;
  chooseFromMenu(item: string): Promise<void>;
  /** Brings a view to the front by its title. */
  focusView(title: string): Promise<void>;
  rows(view: string): Promise<tree.Row[]>;
  clickRow(view: string, label: string): Promise<void>;
  clickRowAction(view: string, label: string, action: string): Promise<void>;
  expandRow(view: string, label: string): Promise<void>;
  collapseRow(view: string, label: string): Promise<void>;
  notifications(): Promise<parts.Notification[]>;
  pressNotificationButton(button: string): Promise<void>;
  /** What the dialog says that is open; empty where none is. */
  dialog(): Promise<string>;
  /** Presses a button of the dialog, and waits until it is closed; another one may be open then. */
  pressDialogButton(button: string): Promise<void>;
  statusBar(): Promise<parts.StatusBarEntry[]>;
  output(): Promise<parts.Output | undefined>;
  webview(selector: string): Promise<Frame>;
  waitFor<Value>(what: string, ask: () => Promise<Value>, timeoutMs?: number): Promise<NonNullable<Value>>;
  /** Checks again and again until every assertion holds. */
  eventually<Value>(check: () => Promise<Value>): Promise<Value>;
  setTheme(theme: Theme): Promise<void>;
  /** Loads the window anew by its command, and waits until it is there again. */
  reload(): Promise<void>;
  /** Writes out/screenshots/<name>.png; failed.png shows the window in which something was waited for in vain. */
  screenshot(name: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens a window of its own, with nothing left over from another one; rejects where there is no browser. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const host = ensureHost();
  if ("missing" in host) throw new Error(host.missing);
  const { path, remove } = temporaryFolder();
  const userDataFolder = join(path, "user");
  const folder = prepareWorkspace(join(path, "story"), { fixture: options.folder, files: options.files });
  writeSettings(userDataFolder, settingsFor(options));
  const installed = [options.extension ?? root, ...(options.extensions ?? [])];
  const server = await startServer(host, { dataFolder: join(path, "data"), userDataFolder, restricted: options.restricted ?? false, installed });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser(host, path);
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 900 } });
    await page.goto(workbenchAddress({ port: server.port, workspace: folder }));
    await started(page);
    const dispose = async () => {
      await browser?.close();
      await server.end();
      remove();
    };
    return { ...driver(page), folder, dispose };
  } catch (error) {
    await browser?.close();
    await server.end();
    remove();
    throw error;
  }
}

function settingsFor({ settings, theme = "dark" }: WorkbenchOptions): Settings {
  return { ...settings, "workbench.colorTheme": THEMES[theme].id };
}

/** The workbench makes its parts in four phases: what is opened before the last one does not always stay open. */
async function started(page: Page): Promise<void> {
  const marks = ["code/didLoadExtensions", "code/didCreateWorkbenchContributions/4"];
  // There is nothing to ask while the page is being loaded.
  const areThere = () => page.evaluate((names) => names.every((name) => performance.getEntriesByName(name).length > 0), marks).catch(() => false);
  await waitFor("the workbench to start", areThere, START_TIMEOUT_MS);
}

/** Through the palette: the workbench in a browser does not notice that the file of the settings has changed. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  const { label, marker } = THEMES[theme];
  await quickInput.runCommand(page, "Preferences: Color Theme");
  await quickInput.findAndPick(page, label);
  await page.waitForSelector(`.monaco-workbench.${marker}`);
}

async function reload(page: Page): Promise<void> {
  const loadedAt = () => page.evaluate(() => performance.timeOrigin).catch(() => undefined);
  const before = await loadedAt();
  await quickInput.runCommand(page, "Developer: Reload Window");
  await waitFor("the window to be loaded anew", async () => {
    const now = await loadedAt();
    return now !== undefined && now !== before;
  }, START_TIMEOUT_MS);
  await started(page);
}

function driver(page: Page): Omit<Workbench, "folder" | "dispose"> {
  return {
    page,
    runCommand: (title) => quickInput.runCommand(page, title),
    pick: (label) => quickInput.pick(page, label),
    answer: (text) => quickInput.answer(page, text),
    question: () => quickInput.title(page),
    choices: () => quickInput.labels(page),
    focusedChoice: () => quickInput.focusedRow(page),
    openMenu: (target, items) => menu.openMenu(page, target, items),
    chooseFromMenu: (item) => menu.chooseFromMenu(page, item),
    focusView: (title) => quickInput.focusView(page, title),
    rows: (view) => tree.rows(page, view),
    clickRow: (view, label) => tree.clickRow(page, view, label),
    clickRowAction: (view, label, action) => tree.clickRowAction(page, view, { label, action }),
    expandRow: (view, label) => tree.setExpanded(page, view, { label, expanded: true }),
    collapseRow: (view, label) => tree.setExpanded(page, view, { label, expanded: false }),
    notifications: () => parts.notifications(page),
    pressNotificationButton: (button) => parts.pressNotificationButton(page, button),
    dialog: () => parts.dialog(page),
    pressDialogButton: (button) => parts.pressDialogButton(page, button),
    statusBar: () => parts.statusBar(page),
    output: () => parts.output(page),
    webview: (selector) => parts.webview(page, selector),
    waitFor: (what, ask, timeoutMs) => pictured(page, waitFor(what, ask, timeoutMs)),
    eventually: (check) => pictured(page, eventually(check)),
    setTheme: (theme) => setTheme(page, theme),
    reload: () => reload(page),
    screenshot: (name) => screenshot(page, name),
  };
}

/** Keeps a picture of the window where it fails. */
function pictured<Value>(page: Page, waiting: Promise<Value>): Promise<Value> {
  return waiting.catch(async (error: unknown) => {
    await screenshot(page, "failed");
    throw error;
  });
}

async function screenshot(page: Page, name: string): Promise<void> {
  const path = join(root, "out", "screenshots", `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
}
