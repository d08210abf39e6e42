import type { Frame, Page } from "../host/browser.ts";
import { waitFor } from "./waitFor.ts";

export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

export interface StatusBarEntry {
  /** Without its icons. */
  readonly text: string;
  /** What a screen reader says, icons included. */
  readonly spoken: string;
}

/** The part of a page's elements that is read here; their own types are not known to this project. */
interface PageElement {
  readonly innerText: string;
  getAttribute(name: string): string | null;
  getClientRects(): { readonly length: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const document: PageElement;

/** The messages that have popped up and are still there, the newest first. Read in one go: they come and go by themselves. */
export function notifications(page: Page): Promise<Notification[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".notifications-toasts .notification-toast")].map((toast) => ({
      message: [...toast.querySelectorAll(".notification-list-item-message")].map(({ innerText }) => innerText).join(""),
      buttons: [...toast.querySelectorAll(".notification-list-item-buttons-container .monaco-button")].map(({ innerText }) => innerText).filter((text) => text !== ""),
    })),
  );
}

/** Presses a button of a message that pops up. */
export async function pressNotificationButton(page: Page, button: string): Promise<void> {
  const name = page.locator(".notifications-toasts .monaco-button").filter({ hasText: button }).first();
  await name.click();
}

const DIALOG = ".monaco-dialog-box";

/** What the dialog says that is open; empty where none is. */
export async function dialog(page: Page): Promise<string> {
  return (await page.locator(DIALOG).allInnerTexts()).join("");
}

/** Presses a button of the dialog, and waits until it is closed; another one may be open then. */
export async function pressDialogButton(page: Page, button: string): Promise<void> {
  const said = await dialog(page);
  await page.locator(`${DIALOG} .monaco-button`).filter({ hasText: button }).first().click();
  await waitFor("the dialog to close", async () => (await dialog(page)) !== said);
}

export function statusBar(page: Page): Promise<StatusBarEntry[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".part.statusbar .statusbar-item")]
      .filter((item) => item.getClientRects().length > 0)
      .map((item) => ({ text: item.innerText.trim(), spoken: item.getAttribute("aria-label") ?? "" })),
  );
}

export interface Output {
  readonly channel: string;
  /** The lines that are in sight. */
  readonly text: string;
}

/** What the Output panel shows; undefined where it is closed. */
export async function output(page: Page): Promise<Output | undefined> {
  const panel = page.locator(".part.panel").filter({ has: page.locator(".output-view") }).first();
  if ((await panel.count()) === 0 || !(await panel.isVisible())) return undefined;
  const channel = await panel.locator('select[aria-label="Switch Output"]').first().inputValue();
  const lines = await panel.locator(".output-view .view-lines").allInnerTexts();
  return { channel, text: lines.join("\n").replaceAll("\u00A0", " ") };
}

/** The document of the webview that has an element for the selector. */
export function webview(page: Page, selector: string): Promise<Frame> {
  return waitFor(`a webview with ${selector}`, async () => {
    for (const frame of page.frames()) {
      // Frames come and go while a webview is being loaded.
      const count = await frame.locator(selector).count().catch(() => 0);
      if (count > 0 && /\/webview\//.test(frame.url())) return frame;
    }
    return undefined;
  });
}
