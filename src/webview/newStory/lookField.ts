import type { Choices, Form } from "../../vscode/wizard/protocol.ts";
import { element, linkButton } from "./dom.ts";
import { createField, type FieldView } from "./field.ts";

/** The look: a preset with its picture, and its text to change at will. */
export class LookField {
  readonly view: FieldView;
  readonly #cards = element("div", { class: "looks", attributes: { role: "radiogroup", "aria-label": "Look" } });
  readonly #text = element("vscode-textarea", { class: "wide", attributes: { rows: "9", resize: "vertical", "data-name": "lookText" } });
  readonly #reset = linkButton("Back to the Preset", () => this.#resetText(), "resetLook");
  readonly #change: (change: Partial<Form>) => void;
  #looks: Choices["looks"] = [];
  #form: Form | undefined;

  constructor(change: (change: Partial<Form>) => void) {
    this.#change = change;
    this.#text.label = "The look in words, as style.md";
    this.#text.addEventListener("input", () => this.#setText(this.#text.value));
    const body = element("div", {}, [
      this.#cards,
      element("div", { class: "text-head" }, [element("span", { class: "small-label", text: "In words (style.md)", on: { click: () => this.#text.focus() } }), this.#reset]),
      this.#text,
    ]);
    this.view = createField("look", { label: "Look", body, controls: [this.#text], help: "What all pictures share. It can be changed at any time." });
  }

  offer(looks: Choices["looks"]): void {
    this.#looks = looks;
    this.#cards.replaceChildren(...looks.map(({ id, name, hint, image }) => {
      const radio = element("input", { attributes: { type: "radio", name: "look", value: id }, on: { change: () => this.#change({ look: id }) } });
      const picture = element("img", { attributes: { src: image, alt: "", width: "160", height: "90" } });
      return element("label", { class: "look" }, [radio, picture, element("span", { class: "look-name", text: name }), element("span", { class: "hint", text: hint })]);
    }));
  }

  show(form: Form): void {
    this.#form = form;
    for (const radio of this.#cards.querySelectorAll("input")) radio.checked = radio.value === form.look;
    const preset = this.#preset;
    const text = form.lookTexts[form.look] ?? preset;
    if (this.#text.value !== text) this.#setShownText(text);
    this.#reset.hidden = text === preset;
  }

  /** A text that comes whole is read from its beginning. */
  #setShownText(text: string): void {
    this.#text.value = text;
    void this.#text.updateComplete.then(() => (this.#text.wrappedElement.scrollTop = 0));
  }

  get #preset(): string {
    return this.#looks.find(({ id }) => id === this.#form?.look)?.text ?? "";
  }

  #setText(text: string): void {
    if (this.#form) this.#change({ lookTexts: { ...this.#form.lookTexts, [this.#form.look]: text } });
  }

  #resetText(): void {
    if (!this.#form) return;
    const { [this.#form.look]: _own, ...lookTexts } = this.#form.lookTexts;
    this.#change({ lookTexts });
    this.#text.focus();
  }
}
