import type { Field } from "../../vscode/wizard/protocol.ts";
import { element, say } from "./dom.ts";
import { innerPart } from "./innerPart.ts";

export interface FieldProblem {
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** Something in the form with a label above it and a sentence below. */
export interface FieldView {
  readonly field: Field;
  readonly root: HTMLElement;
  /** Shows what is wrong, or else what it comes to. */
  say(problem: FieldProblem | undefined, note: string | undefined): void;
  focus(): void;
}

interface FieldParts {
  readonly label: string;
  /** What the controls are inside of. */
  readonly body: HTMLElement;
  readonly controls: readonly (HTMLElement & { invalid?: boolean })[];
  /** What may get the focus, where that is not the controls: the first one in sight does. */
  readonly entries?: () => readonly (HTMLElement | null)[];
  /** Shown where nothing else is to be said. */
  readonly help?: string;
}

export function createField(field: Field, { label, body, controls, entries = () => controls, help = "" }: FieldParts): FieldView {
  const message = element("p", { class: "message", attributes: { role: "status" } });
  const focus = () => entries().find((entry) => entry?.checkVisibility())?.focus();
  const heading = element("span", { class: "label", text: label, on: { click: focus } });
  const root = element("div", { class: "field", attributes: { "data-field": field } }, [heading, body, message]);
  return {
    field,
    root,
    say(problem, note) {
      const text = problem?.message ?? note ?? help;
      say(message, text);
      message.className = problem ? `message ${problem.severity}` : "message";
      for (const control of controls) describe(control, { isInvalid: problem?.severity === "error", text });
    },
    focus() {
      root.scrollIntoView({ block: "center" });
      focus();
    },
  };
}

/** No id leads into a component: the sentence goes along as text. */
function describe(control: HTMLElement & { invalid?: boolean }, { isInvalid, text }: { isInvalid: boolean; text: string }): void {
  if ("invalid" in control) control.invalid = isInvalid;
  const inner = innerPart(control);
  inner.setAttribute("aria-description", text);
  inner.setAttribute("aria-invalid", String(isInvalid));
}
