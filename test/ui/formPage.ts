import type { Frame } from "../host/browser.ts";

/** What of a browser's document is used inside pages: its own types are not those of these tests. */
interface PageElement {
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly className: string;
  readonly value?: string;
  readonly open?: boolean;
  dispatchEvent(event: unknown): boolean;
  readonly shadowRoot: { querySelector(selector: string): PageElement | null } | null;
  closest(selector: string): PageElement | null;
  setAttribute(name: string, value: string): void;
  append(child: PageElement): void;
  blur(): void;
  click(): void;
}

declare const document: { readonly activeElement: PageElement | null; hasFocus(): boolean; querySelector(selector: string): PageElement | null; createElement(name: string): PageElement };
declare const DataTransfer: new () => { readonly items: { add(file: unknown): void }; setData(type: string, data: string): void };
declare const DragEvent: new (type: string, options: object) => unknown;
declare const MessageEvent: new (type: string, options: object) => unknown;
declare const window: { dispatchEvent(event: unknown): boolean };

/** The name of the control that the keys go to, or its class. */
export function focusedControl(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.activeElement?.dataset["name"] ?? document.activeElement?.className ?? "");
}

/** Whether what is typed goes to the page. */
export function hasKeys(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => document.hasFocus());
}

/** What the element for the selector holds. */
export function valueOf(frame: Frame, selector: string): Promise<string> {
  return frame.evaluate((wanted) => document.querySelector(wanted)?.value ?? "", selector);
}

export function isOpen(frame: Frame, selector: string): Promise<boolean> {
  return frame.evaluate((wanted) => document.querySelector(wanted)?.open ?? false, selector);
}

/** Drops a file on the page, as a hand does that comes from the desktop. */
export async function dropFile(frame: Frame, name: string, content: string): Promise<void> {
  await frame.evaluate(([fileName, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text!], fileName!));
    document.querySelector("main")!.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, content]);
}

/** Whether the page offers to take what is dragged over it. */
export function offersToTake(frame: Frame, type: string): Promise<boolean> {
  return frame.evaluate((wanted) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData(wanted, "file:///a.srt");
    const field = document.querySelector("[data-name=text]")!;
    field.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
    const isOffered = document.querySelector("body")!.className.includes("dropping");
    field.dispatchEvent(new DragEvent("dragleave", { bubbles: true }));
    return isOffered;
  }, type);
}

/** Gives what is inside a component another name. */
export async function takeName(frame: Frame, selector: string, name: string): Promise<void> {
  await frame.evaluate(([wanted, label]) => document.querySelector(wanted!)!.shadowRoot!.querySelector("input")!.setAttribute("aria-label", label!), [selector, name]);
}

/** Presses what is inside a component, as a screen reader does. */
export async function pressByEar(frame: Frame, selector: string): Promise<void> {
  await frame.evaluate((wanted) => document.querySelector(wanted)!.shadowRoot!.querySelector("input")!.click(), selector);
}

/** What a page that was taken over might do: show a picture of its own. */
export async function addPicture(frame: Frame, address: string): Promise<void> {
  await frame.evaluate((src) => document.querySelector("main")!.append(Object.assign(document.createElement("img"), { src })), address);
}

/** What a page that was taken over might do: run a script of its own. */
export async function addScript(frame: Frame, code: string): Promise<void> {
  await frame.evaluate((textContent) => document.querySelector("main")!.append(Object.assign(document.createElement("script"), { textContent })), code);
}

/** Drops files of VS Code's explorer on the page: their addresses come, as a list of lines. */
export async function dropUris(frame: Frame, uris: readonly string[]): Promise<void> {
  await frame.evaluate((list) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("application/vnd.code.uri-list", list);
    document.querySelector("main")!.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, uris.join("\r\n"));
}

/** Takes the focus away, then sends the page what its host might. */
export async function tellPage(frame: Frame, message: object): Promise<void> {
  await frame.evaluate((data) => {
    document.activeElement?.blur();
    window.dispatchEvent(new MessageEvent("message", { data }));
  }, message);
}

/** The field of the form that the keys go to; undefined where they go to none. */
export function fieldWithFocus(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => document.activeElement?.closest("[data-field]")?.dataset["field"]);
}
