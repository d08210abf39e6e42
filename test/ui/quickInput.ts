import type { Page } from "../host/browser.ts";
import { comesToBe, endingWith, exactly, waitFor } from "./waitFor.ts";

const WIDGET = ".quick-input-widget:not([style*='display: none'])";
const INPUT = `${WIDGET} input.input`;
const ROW = `${WIDGET} .quick-input-list .monaco-list-row`;
const FOCUSED_ROW = `${ROW}.focused`;
/** An input box has no list. */
const INPUT_BOX = `${WIDGET}:has(.quick-input-list[style*='display: none']) input.input`;

/** For an item to be drawn. A slow machine gets more the next time. */
const FIRST_PATIENCE_MS = 1500;
const LONGEST_PATIENCE_MS = 15_000;

/** What of a browser's document is used inside pages: its own types are not those of these tests. */
interface PageElement {
  readonly textContent: string | null;
  readonly value?: string;
  querySelector(selector: string): PageElement | null;
  dispatchEvent(event: unknown): boolean;
}
declare const document: PageElement;
declare const KeyboardEvent: new (type: string, options: object) => unknown;

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
  let patienceMs = FIRST_PATIENCE_MS;
  await waitFor(`the command "${title}" in the palette`, async () => {
    await page.keyboard.press("F1");
    // What a box holds that another question left open is no ">".
    if (await comesToBe(async () => (await inputText(page)).startsWith(">"), patienceMs)) {
      if ((await type(page, `>${title}`)) && (await chooseIfThere(page, label, patienceMs))) return true;
    }
    await page.keyboard.press("Escape");
    patienceMs = Math.min(2 * patienceMs, LONGEST_PATIENCE_MS);
    return false;
  });
}

/** Chooses an item of the open quick pick by its label. */
export async function pick(page: Page, label: string): Promise<void> {
  await waitFor(`the item "${label}" in the quick pick`, () => chooseIfThere(page, exactly(label), FIRST_PATIENCE_MS)).catch(async (error: unknown) => {
    throw new Error(`${String(error)} It offers ${JSON.stringify(await labels(page))}.`, { cause: error });
  });
}

/** Types a part of its label, so that a long list shows it, and chooses it. */
export async function findAndPick(page: Page, label: string): Promise<void> {
  await waitFor(`the item "${label}" in the long quick pick`, async () => {
    return (await type(page, label)) && (await chooseIfThere(page, exactly(label), FIRST_PATIENCE_MS));
  });
}

/** Types into the open input box and confirms. */
export async function answer(page: Page, text: string): Promise<void> {
  const input = page.locator(INPUT_BOX).first();
  await input.waitFor();
  await input.fill(text);
  await input.press("Enter");
}

/** The title of the open question; empty where none is open or it has none. */
export async function title(page: Page): Promise<string> {
  return (await page.locator(`${WIDGET} .quick-input-title`).allInnerTexts()).join("").trim();
}

/** The labels that the open quick pick shows. Rows are drawn one by one. */
export function labels(page: Page): Promise<string[]> {
  return page.locator(`${ROW} .quick-input-list-label-name, ${ROW} .label-name`).allInnerTexts();
}

/** The row that Enter would choose, with all that it says. */
export async function focusedRow(page: Page): Promise<string> {
  return (await page.locator(FOCUSED_ROW).allInnerTexts()).join("");
}

/** By the keyboard: a click is lost, and closes the list, where the list is drawn anew between press and release. */
async function chooseIfThere(page: Page, label: RegExp, patienceMs: number): Promise<boolean> {
  const named = { has: page.locator(".label-name").filter({ hasText: label }) };
  if (!(await comesToBe(async () => (await page.locator(ROW).filter(named).count()) > 0, patienceMs))) return false;
  const rowCount = await page.locator(ROW).count();
  for (let moves = 0; moves <= rowCount; moves++) {
    // Where it takes no answer yet, its row stays.
    if (await acceptFocused(page, label)) return comesToBe(async () => (await page.locator(FOCUSED_ROW).filter(named).count()) === 0, LONGEST_PATIENCE_MS);
    await page.keyboard.press("ArrowDown");
  }
  return false;
}

/** Looks and presses Enter in one go: between the two the list may be drawn anew, with the mark at another row. */
function acceptFocused(page: Page, label: RegExp): Promise<boolean> {
  return page.evaluate(
    ({ row, input, pattern }) => {
      const name = document.querySelector(`${row} .label-name`)?.textContent ?? "";
      if (!new RegExp(pattern).test(name.replaceAll(/\s+/g, " "))) return false;
      const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
      document.querySelector(input)!.dispatchEvent(new KeyboardEvent("keydown", enter));
      return true;
    },
    { row: FOCUSED_ROW, input: INPUT, pattern: label.source },
  );
}

/** What the open box holds; empty where none is open. */
function inputText(page: Page): Promise<string> {
  return page.evaluate((input) => document.querySelector(input)?.value ?? "", INPUT);
}

/** Whether there was a box to type into. */
function type(page: Page, text: string): Promise<boolean> {
  return page.locator(INPUT).first().fill(text, { timeout: FIRST_PATIENCE_MS }).then(() => true, () => false);
}
