import type { Locator, Page } from "../host/browser.ts";
import { comesToBe, exactly, waitFor } from "./waitFor.ts";

/** For a row to open or close that was clicked. */
const ROW_PATIENCE_MS = 5000;

export interface Row {
  readonly label: string;
  readonly description: string;
  /** 1 for the topmost. */
  readonly level: number;
  /** Undefined where there is nothing to expand. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** As in a ThemeIcon, such as "loading~spin"; undefined for a picture, and for the icon of a file's type. */
  readonly icon: string | undefined;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** The part of a page's elements that is read here; their own types are not known to this project. */
interface PageElement {
  readonly textContent: string | null;
  readonly className: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const document: PageElement;

/** The rows of a tree view that are scrolled into sight, from top to bottom; none where the view is not shown. */
export async function rows(page: Page, view: string): Promise<Row[]> {
  // What is called here runs inside the page. It names no function, because TypeScript runners add helpers to those.
  const found = await page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)].map((row) => ({
        index: Number(row.getAttribute("data-index")),
        label: row.querySelector(".label-name")?.textContent ?? "",
        description: row.querySelector(".label-description")?.textContent ?? "",
        level: Number(row.getAttribute("aria-level")),
        expanded: row.getAttribute("aria-expanded"),
        selected: row.getAttribute("aria-selected") === "true",
        iconClass: row.querySelector(".custom-view-tree-node-item-icon")?.className ?? "",
        spoken: row.getAttribute("aria-label") ?? "",
      })),
    `${tree(view)} .monaco-list-row`,
  );
  return found
    .sort((a, b) => a.index - b.index)
    .map(({ label, description, level, expanded, selected, iconClass, spoken }) => ({
      label,
      description,
      level,
      expanded: expanded === null ? undefined : expanded === "true",
      selected,
      icon: iconOf(iconClass),
      spoken,
    }));
}

/** A click that comes while the row is drawn anew selects nothing: then it is clicked again. */
export async function clickRow(page: Page, view: string, label: string): Promise<void> {
  const row = rowNamed(page, view, label);
  await waitFor(`"${label}" to be selected by a click`, async () => {
    await row.locator(".label-name").first().click();
    return (await row.getAttribute("aria-selected")) === "true";
  });
}

/** Presses a button that a row shows while the mouse is over it, by its title. */
export async function clickRowAction(page: Page, view: string, { label, action }: { label: string; action: string }): Promise<void> {
  const row = rowNamed(page, view, label);
  await row.hover();
  await row.locator(`.actions .action-label[aria-label="${action}"]`).first().click();
}

/** Expands or collapses a row, unless it is so already. */
export async function setExpanded(page: Page, view: string, { label, expanded }: { label: string; expanded: boolean }): Promise<void> {
  const row = rowNamed(page, view, label);
  await row.waitFor();
  const isSo = async () => (await row.getAttribute("aria-expanded")) === String(expanded);
  await waitFor(`"${label}" to be ${expanded ? "expanded" : "collapsed"}`, async () => {
    if (await isSo()) return true;
    await row.locator(".monaco-tl-twistie").first().click();
    // A click is lost that comes while the row is drawn anew.
    return comesToBe(isSo, ROW_PATIENCE_MS);
  });
}

function rowNamed(page: Page, view: string, label: string): Locator {
  const name = page.locator(".label-name").filter({ hasText: exactly(label) });
  return page.locator(`${tree(view)} .monaco-list-row`).filter({ has: name }).first();
}

function tree(view: string): string {
  return `.monaco-list[role="tree"][aria-label="${view}"]`;
}

function iconOf(className: string): string | undefined {
  const name = /(?:^|\s)codicon-(?!modifier-|colored)(\S+)/.exec(className)?.[1];
  const modifier = /codicon-modifier-(\S+)/.exec(className)?.[1];
  return name && modifier ? `${name}~${modifier}` : name;
}
