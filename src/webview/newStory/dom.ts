import type { Action } from "../../vscode/wizard/protocol.ts";
import { tell } from "./host.ts";

type Child = Node | string | false | undefined;

interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** An element with what it holds. Styles are classes only: the page allows no inline ones. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, options: ElementOptions = {}, children: readonly Child[] = []): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [key, value] of Object.entries(options.attributes ?? {})) made.setAttribute(key, value);
  for (const [type, listener] of Object.entries(options.on ?? {})) made.addEventListener(type, listener);
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return made;
}

/** What a live region is told twice is read aloud twice. */
export function say(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function button(label: string, onClick: () => void, { secondary = false, name = "" } = {}): HTMLElementTagNameMap["vscode-button"] {
  const made = element("vscode-button", { text: label, on: { click: onClick } });
  made.secondary = secondary;
  if (name) made.dataset["name"] = name;
  return made;
}

/** A button that asks the host for something. */
export function actionButton(label: string, action: Action, { secondary = true } = {}): HTMLElementTagNameMap["vscode-button"] {
  return button(label, () => tell({ type: "action", action }), { secondary, name: action });
}

/** Looks like a link, is a button. */
export function linkButton(label: string, onClick: () => void, name: string): HTMLButtonElement {
  return element("button", { class: "link", text: label, attributes: { type: "button", "data-name": name }, on: { click: onClick } });
}
