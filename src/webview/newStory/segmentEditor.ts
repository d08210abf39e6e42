import { spokenWords } from "../../core/spokenWords.ts";
import { formatExactTime, parseTime } from "../../core/times.ts";
import type { ShownSegment } from "../../vscode/wizard/protocol.ts";
import { button, element } from "./dom.ts";
import { middleWord } from "./track.ts";

export interface EditorActions {
  split(word: number): void;
  merge(): void;
  move(edge: "start" | "end", seconds: number): void;
  /** Back to the time line. */
  leave(): void;
  say(text: string): void;
}

type TextField = HTMLElementTagNameMap["vscode-textfield"];

/** One segment: when it starts and ends, what is said, and where between two words it may be split. */
export class SegmentEditor {
  readonly root: HTMLElement;
  readonly #actions: EditorActions;
  readonly #heading = element("h3", { class: "segment-heading" });
  readonly #words = element("p", { class: "narration", on: { keydown: (event) => this.#onWordKey(event as KeyboardEvent) } });
  readonly #start: TextField;
  readonly #end: TextField;
  readonly #length = element("span", { class: "length" });
  readonly #split: HTMLElementTagNameMap["vscode-button"];
  readonly #merge: HTMLElementTagNameMap["vscode-button"];
  #segment: ShownSegment | undefined;
  #middle: number | undefined;

  constructor(actions: EditorActions) {
    this.#actions = actions;
    this.#start = this.#timeField("start", "Start");
    this.#end = this.#timeField("end", "End");
    this.#split = button("Split in the Middle", () => this.splitInTheMiddle(), { secondary: true, name: "split" });
    this.#merge = button("Merge with Next", () => actions.merge(), { secondary: true, name: "merge" });
    this.root = element("div", { class: "segment" }, [
      this.#heading,
      element("div", { class: "times" }, [
        element("span", { class: "label", text: "Start" }), this.#start,
        element("span", { class: "label", text: "End" }), this.#end,
        this.#length,
        this.#split, this.#merge,
      ]),
      this.#words,
    ]);
  }

  show(segments: readonly ShownSegment[], index: number): void {
    const segment = segments[index];
    this.#segment = segment;
    if (!segment) return;
    this.#heading.textContent = `Segment ${index + 1} of ${segments.length}`;
    this.#start.value = formatExactTime(segment.start);
    this.#end.value = formatExactTime(segment.end);
    this.#length.textContent = `${(segment.end - segment.start).toFixed(2)} s`;
    this.#merge.disabled = index === segments.length - 1;
    this.#showWords(segment);
  }

  splitInTheMiddle(): void {
    if (this.#middle === undefined) this.#actions.say("There are no two words to split this segment between.");
    else this.#actions.split(this.#middle);
  }

  focusWords(): void {
    this.#gaps.find((gap) => gap.tabIndex === 0)?.focus();
  }

  get #gaps(): HTMLButtonElement[] {
    return [...this.#words.querySelectorAll<HTMLButtonElement>("button")];
  }

  /** Words with a button between every two; one of them is in the order of Tab, arrows lead to the others. */
  #showWords(segment: ShownSegment): void {
    const hadFocus = this.#words.contains(document.activeElement);
    const words = spokenWords(segment);
    this.#middle = middleWord(words);
    this.#split.disabled = this.#middle === undefined;
    const parts = words.flatMap(({ text, to }, index): Node[] => {
      const word = element("span", { text });
      if (index === 0) return [word];
      const told = `Split before “${text}”`;
      const gap = element("button", {
        class: "gap",
        text: segment.narration.slice(words[index - 1]!.to, to - text.length) || " ",
        attributes: { type: "button", "aria-label": `${told}, word ${index + 1}`, title: told, "data-word": String(index), tabindex: index === this.#middle ? "0" : "-1" },
        on: { click: () => this.#actions.split(index) },
      });
      return [gap, word];
    });
    this.#words.replaceChildren(...(parts.length ? parts : [element("em", { text: segment.narration || "No narration: music or silence." })]));
    if (hadFocus) this.#actions.leave();
  }

  #onWordKey(event: KeyboardEvent): void {
    const gaps = this.#gaps;
    const at = gaps.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Escape") return this.#actions.leave();
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step === undefined || at < 0 ? undefined : gaps[at + step];
    if (!next) return;
    event.preventDefault();
    for (const gap of gaps) gap.tabIndex = gap === next ? 0 : -1;
    next.focus();
  }

  #timeField(edge: "start" | "end", label: string): TextField {
    const field = element("vscode-textfield", { class: "time", attributes: { "data-name": edge } });
    field.label = `${label} of the segment`;
    field.addEventListener("change", () => this.#moveTo(edge, field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#moveTo(edge, field);
    });
    return field;
  }

  #moveTo(edge: "start" | "end", field: TextField): void {
    const seconds = parseTime(field.value);
    const segment = this.#segment;
    if (!segment) return;
    if (seconds === undefined) {
      this.#actions.say(`${field.value || "An empty field"} is no time: expected seconds, or minutes and seconds such as 1:02.5.`);
      field.value = formatExactTime(segment[edge]);
    } else if (Math.abs(seconds - segment[edge]) >= 0.0005) this.#actions.move(edge, seconds);
  }
}
