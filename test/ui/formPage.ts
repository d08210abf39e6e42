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
}

declare const document: { readonly activeElement: PageElement | null; hasFocus(): boolean; querySelector(selector: string): PageElement | null };
declare const DataTransfer: new () => { readonly items: { add(file: unknown): void }; setData(type: string, data: string): void };
declare const DragEvent: new (type: string, options: object) => unknown;

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
