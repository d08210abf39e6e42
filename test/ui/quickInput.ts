import type { Page } from "../host/browser.ts";
import { endingWith, exactly, waitFor } from "./waitFor.ts";

const WIDGET = ".quick-input-widget:not([style*='display: none'])";
const ROW = `${WIDGET} .quick-input-list .monaco-list-row`;

/** Calls a command by its full title, such as "Story Director: Show Log", through the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await choose(page, title, exactly(title));
}

/** Brings a view to the front by its title: the command for that begins with the name of the view's container. */
export async function focusView(page: Page, view: string): Promise<void> {
  const title = `Focus on ${view} View`;
  await choose(page, title, endingWith(title));
}

/** Commands come with their extensions, some seconds after the window: the palette is asked again until it knows it. */
async function choose(page: Page, title: string, label: RegExp): Promise<void> {
  await waitFor(`the command "${title}" in the palette`, async () => {
    await page.keyboard.press("F1");
    await page.locator(`${WIDGET} input.input`).first().fill(`>${title}`);
    if (await chooseIfThere(page, label)) return true;
    await page.keyboard.press("Escape");
    return false;
  });
}

/** Chooses an item of the open quick pick by its label. */
export async function pick(page: Page, label: string): Promise<void> {
  await waitFor(`the item "${label}" in the quick pick, which offers ${JSON.stringify(await labels(page))}`, () => chooseIfThere(page, exactly(label)));
}

/** Types into the open input box and confirms. */
export async function answer(page: Page, text: string): Promise<void> {
  const input = page.locator(`${WIDGET} input.input`).first();
  await input.waitFor();
  await input.fill(text);
  await input.press("Enter");
}

/** The labels that the open quick pick shows. */
export function labels(page: Page): Promise<string[]> {
  return page.locator(`${ROW} .quick-input-list-label-name, ${ROW} .label-name`).allInnerTexts();
}

/** By the keyboard: a click is lost, and closes the list, where the list is drawn anew between press and release. */
async function chooseIfThere(page: Page, label: RegExp): Promise<boolean> {
  const named = { has: page.locator(".label-name").filter({ hasText: label }) };
  try {
    await page.locator(ROW).filter(named).first().waitFor({ timeout: 1500 });
  } catch {
    return false;
  }
  const rowCount = await page.locator(ROW).count();
  for (let moves = 0; moves <= rowCount; moves++) {
    if ((await page.locator(`${ROW}.focused`).filter(named).count()) > 0) {
      await page.keyboard.press("Enter");
      return true;
    }
    await page.keyboard.press("ArrowDown");
  }
  return false;
}
