import type { Checks, ChosenOutput, Choices, Form } from "../../vscode/wizard/protocol.ts";
import { checkbox } from "./checkbox.ts";
import { element } from "./dom.ts";
import { createField, type FieldView } from "./field.ts";
import { LookField } from "./lookField.ts";

type Change = (change: Partial<Form>) => void;
type NumberName = "shortest" | "ideal" | "longest" | "wordsPerMinute" | "frameRate";
type TextField = HTMLElementTagNameMap["vscode-textfield"];

/** All that has a good default: language, look, outputs, and how the narration is cut. */
export class MoreSection {
  readonly root: HTMLDetailsElement;
  readonly views: readonly FieldView[];
  readonly #look: LookField;
  readonly #language = element("vscode-single-select", { class: "wide", attributes: { "data-name": "language" } });
  readonly #outputs = element("div", { class: "outputs", attributes: { role: "group", "aria-label": "Video models" } });
  readonly #images: HTMLElementTagNameMap["vscode-checkbox"];
  readonly #script: HTMLElementTagNameMap["vscode-checkbox"];
  readonly #numbers: Readonly<Record<NumberName, TextField>>;
  readonly #speed: FieldView;
  readonly #change: Change;
  #choices: Choices | undefined;
  #form: Form | undefined;

  constructor(change: Change) {
    this.#change = change;
    this.#look = new LookField(change);
    this.#language.label = "Language";
    this.#language.addEventListener("change", () => change({ language: this.#language.value }));
    this.#script = checkbox("Generate Director's Script", { attributes: { "data-name": "script" }, onChange: (script) => change({ script }) });
    this.#images = checkbox("Generate Asset Images", { attributes: { "data-name": "images" }, onChange: (images) => change({ images }) });
    const number = (name: NumberName, label: string) => this.#numberField(name, label);
    this.#numbers = {
      shortest: number("shortest", "Shortest segment, seconds"),
      ideal: number("ideal", "Ideal segment, seconds"),
      longest: number("longest", "Longest segment, seconds"),
      wordsPerMinute: number("wordsPerMinute", "Words per minute"),
      frameRate: number("frameRate", "Frames per second"),
    };
    const { shortest, ideal, longest, wordsPerMinute, frameRate } = this.#numbers;
    const lengths = element("div", { class: "lengths" }, [labelled("shortest", shortest), labelled("ideal", ideal), labelled("longest", longest), element("span", { text: "seconds" })]);
    this.#speed = createField("wordsPerMinute", { label: "Reading speed", body: element("div", { class: "lengths" }, [wordsPerMinute, "words per minute"]), controls: [wordsPerMinute] });
    this.views = [
      this.#look.view,
      createField("outputs", { label: "Outputs", body: this.#outputs, controls: [this.#outputs], entries: () => this.#boxes, help: "The video models that final prompts are written for, and the shape of the picture." }),
      createField("images", {
        label: "What Create and Direct does",
        body: element("div", { class: "phases" }, [checkbox("Extract Assets", { attributes: { checked: "", disabled: "" } }), this.#images, this.#script]),
        controls: [this.#images, this.#script],
        help: "Images are drawn by the image model of your AI provider; offline that phase is skipped. Without the script, the cast waits for you to look through it.",
      }),
      createField("shotLength", { label: "Length of segments", body: lengths, controls: [shortest, ideal, longest], help: "One segment is one shot. Sentences are kept whole where that is possible." }),
      this.#speed,
      createField("language", { label: "Language of the narration", body: this.#language, controls: [this.#language] }),
      createField("frameRate", { label: "Frames per second", body: element("div", { class: "lengths" }, [frameRate]), controls: [frameRate], help: "Cuts fall on whole frames. Leave it empty to cut at any time." }),
    ];
    this.root = element("details", { class: "more" }, [element("summary", { text: "More" }), ...this.views.map(({ root }) => root)]);
  }

  /** Builds what depends on what there is to choose from. */
  offer(choices: Choices): void {
    if (this.#choices) return;
    this.#choices = choices;
    this.#look.offer(choices.looks);
    for (const { id, name, hint, aspectRatios } of choices.profiles) {
      const boxes = aspectRatios.map((aspectRatio) => this.#outputBox({ profile: id, aspectRatio }, name));
      this.#outputs.append(element("div", { class: "profile" }, [element("div", { class: "profile-name" }, [name, element("span", { class: "hint", text: hint })]), element("div", { class: "ratios" }, boxes)]));
    }
  }

  show(form: Form): void {
    this.#form = form;
    this.#look.show(form);
    this.#script.checked = form.script ?? true;
    this.#images.checked = form.images ?? this.#choices?.drawsImages ?? true;
    for (const box of this.#boxes) box.checked = form.outputs.some(({ profile, aspectRatio }) => box.value === `${profile} ${aspectRatio}`);
    for (const [name, field] of Object.entries(this.#numbers)) {
      if (field.value !== form[name as NumberName]) field.value = form[name as NumberName];
    }
  }

  suggest({ language }: Checks["suggestions"]): void {
    const wanted = this.#form?.language ?? language;
    const known = this.#choices?.languages ?? [];
    const options = known.some(({ code }) => code === wanted) ? known : [...known, { code: wanted, name: wanted }];
    if (!this.#language.options.some(({ value }) => value === wanted)) this.#language.options = options.map(({ code, name }) => ({ label: name, value: code, description: "", selected: code === wanted, disabled: false }));
    if (this.#language.value !== wanted) this.#language.value = wanted;
  }

  /** The speed of speech matters only where no times are measured, or where it keeps the story from being made. */
  showSpeed(isShown: boolean): void {
    this.#speed.root.hidden = !isShown;
  }

  get #boxes(): HTMLElementTagNameMap["vscode-checkbox"][] {
    return [...this.#outputs.querySelectorAll("vscode-checkbox")];
  }

  #outputBox({ profile, aspectRatio }: ChosenOutput, name: string): HTMLElement {
    return checkbox(aspectRatio, {
      spoken: `${name}, ${aspectRatio}`,
      attributes: { value: `${profile} ${aspectRatio}` },
      onChange: () => this.#change({ outputs: this.#boxes.filter(({ checked }) => checked).map(({ value }) => toOutput(value)) }),
    });
  }

  #numberField(name: NumberName, label: string): TextField {
    const field = element("vscode-textfield", { class: "number", attributes: { "data-name": name } });
    field.label = label;
    field.addEventListener("input", () => this.#change({ [name]: field.value }));
    return field;
  }
}

function toOutput(value: string): ChosenOutput {
  const [profile = "", aspectRatio = ""] = value.split(" ");
  return { profile, aspectRatio };
}

function labelled(text: string, field: TextField): HTMLElement {
  return element("span", { class: "labelled" }, [element("span", { class: "small-label", text, on: { click: () => field.focus() } }), field]);
}

