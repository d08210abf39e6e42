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

/** The messages that have popped up and are still there, the newest first. */
export async function notifications(page: Page): Promise<Notification[]> {
  const toasts = page.locator(".notifications-toasts .notification-toast");
  const shown: Notification[] = [];
  for (let index = 0; index < (await toasts.count()); index++) {
    const toast = toasts.nth(index);
    const message = (await toast.locator(".notification-list-item-message").allInnerTexts()).join("");
    const buttons = await toast.locator(".notification-list-item-buttons-container .monaco-button").allInnerTexts();
    shown.push({ message, buttons: buttons.filter((button) => button !== "") });
  }
  return shown;
}

/** Presses a button of a message that pops up. */
export async function pressNotificationButton(page: Page, button: string): Promise<void> {
  const name = page.locator(".notifications-toasts .monaco-button").filter({ hasText: button }).first();
  await name.click();
}

export async function statusBar(page: Page): Promise<StatusBarEntry[]> {
  const items = page.locator(".part.statusbar .statusbar-item");
  const shown: StatusBarEntry[] = [];
  for (let index = 0; index < (await items.count()); index++) {
    const item = items.nth(index);
    if (!(await item.isVisible())) continue;
    shown.push({ text: (await item.innerText()).trim(), spoken: (await item.getAttribute("aria-label")) ?? "" });
  }
  return shown;
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
