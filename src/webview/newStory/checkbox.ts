import { element } from "./dom.ts";
import { innerPart } from "./innerPart.ts";

type Checkbox = HTMLElementTagNameMap["vscode-checkbox"];

interface CheckboxOptions {
  /** For who hears it, where that is not the label. */
  readonly spoken?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onChange?: (isChecked: boolean) => void;
}

/** A box to tick, by mouse, keys and screen reader. */
export function checkbox(label: string, { spoken, attributes = {}, onChange }: CheckboxOptions): Checkbox {
  const box = element("vscode-checkbox", { attributes, on: { change: () => onChange?.(box.checked) } });
  box.label = label;
  void connect(box, spoken);
  return box;
}

/** The input inside the component is what a screen reader presses: it and the component tell each other nothing of that. */
async function connect(box: Checkbox, spoken: string | undefined): Promise<void> {
  await box.updateComplete;
  const input = innerPart(box) as HTMLInputElement;
  if (spoken) input.setAttribute("aria-label", spoken);
  input.disabled = box.disabled;
  input.addEventListener("change", () => {
    box.checked = input.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  new MutationObserver(() => (input.checked = box.checked)).observe(box, { attributeFilter: ["checked"] });
}
