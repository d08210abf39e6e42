import type { Locator, Page } from "../host/browser.ts";
import { comesToBe, waitFor } from "./waitFor.ts";

const ITEM = ".monaco-menu .action-label";

/** For one click; the next one comes after it. */
const CLICK_TIMEOUT_MS = 5000;

/** Opens the menu of what is in sight, and waits until it has the items. A click is lost where its target is drawn anew meanwhile. */
export async function openMenu(page: Page, target: Locator, items: readonly string[]): Promise<void> {
  let shown: string[] = [];
  await waitFor(`a menu with ${items.join(", ")}`, async () => {
    await target.click({ button: "right", timeout: CLICK_TIMEOUT_MS }).catch(() => undefined);
    const isOpen = await comesToBe(async () => (shown = await page.locator(ITEM).allInnerTexts()).length > 0, CLICK_TIMEOUT_MS);
    if (items.every((item) => shown.includes(item))) return true;
    // That of another row, which came to be where this one was.
    if (isOpen) await page.keyboard.press("Escape");
    return false;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)} There were ${JSON.stringify(shown)}.`, { cause: error });
  });
}

/** Chooses an item of the open menu, which takes no click that comes right after the one that opened it. */
export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  const label = page.locator(ITEM).filter({ hasText: item }).first();
  await label.waitFor();
  await waitFor("the menu to close", async () => {
    await label.click({ timeout: CLICK_TIMEOUT_MS }).catch(() => undefined);
    return !(await label.isVisible());
  });
}
