import type { HostMessage, ShownSegment } from "../../vscode/wizard/protocol.ts";
import { actionButton, button, element, say } from "./dom.ts";
import { tell } from "./host.ts";
import { SegmentEditor } from "./segmentEditor.ts";
import { Timeline } from "./timeline.ts";

const KEYS = "← → choose · S split · M merge with the next · Shift+← → move the end · Enter choose where to split · Z undo";

/** The segments that the story will have, on a time line, with the tools to change them by hand. */
export class Preview {
  readonly root: HTMLElement;
  readonly #timeline: Timeline;
  readonly #editor: SegmentEditor;
  readonly #undo = actionButton("Undo", "undo");
  readonly #undoAll = actionButton("Undo All Changes", "undoAll");
  readonly #note = element("p", { class: "message", attributes: { role: "status" } });
  readonly #summary = element("p", { class: "summary" });
  #segments: ShownSegment[] = [];

  constructor() {
    this.#editor = new SegmentEditor({
      split: (word) => this.#split(word),
      merge: () => this.#merge(),
      move: (edge, seconds) => this.#move(edge, seconds),
      leave: () => this.#timeline.focus(),
      say: (text) => this.say(text),
    });
    this.#timeline = new Timeline({
      select: (index) => this.#select(index),
      split: () => this.#editor.splitInTheMiddle(),
      merge: () => this.#merge(),
      move: (edge, seconds) => this.#move(edge, seconds),
      undo: () => tell({ type: "action", action: "undo" }),
      editWords: () => this.#editor.focusWords(),
    });
    const zoomOut = button("−", () => this.#timeline.zoom(-1), { secondary: true, name: "zoomOut" });
    const zoomIn = button("+", () => this.#timeline.zoom(1), { secondary: true, name: "zoomIn" });
    zoomOut.setAttribute("aria-label", "Zoom out");
    zoomIn.setAttribute("aria-label", "Zoom in");
    this.root = element("section", { class: "preview", attributes: { "aria-labelledby": "preview-heading", hidden: "" } }, [
      element("div", { class: "preview-head" }, [
        element("h2", { text: "Segments", attributes: { id: "preview-heading" } }),
        this.#summary,
        element("div", { class: "tools" }, [this.#undo, this.#undoAll, zoomOut, zoomIn]),
      ]),
      this.#timeline.root,
      element("p", { class: "keys", text: KEYS, attributes: { id: "track-keys" } }),
      this.#editor.root,
      this.#note,
    ]);
  }

  show({ segments, edits, note }: Extract<HostMessage, { type: "plan" }>): void {
    this.#segments = [...segments];
    this.root.hidden = segments.length === 0;
    this.#refresh(this.#timeline.selected, edits);
    this.say(note);
  }

  splice({ at, remove, insert, edits }: Extract<HostMessage, { type: "splice" }>): void {
    this.#segments.splice(at, remove, ...insert);
    this.#refresh(this.#timeline.selected, edits);
    this.say("");
  }

  /** What all segments come to. */
  summarize(text: string): void {
    this.#summary.textContent = text;
  }

  /** A change that cannot be made, and the like. */
  say(text: string): void {
    say(this.#note, text);
    this.#note.className = text ? "message warning" : "message";
  }

  #refresh(selected: number, edits: number): void {
    this.#undo.hidden = edits === 0;
    this.#undoAll.hidden = edits < 2;
    this.#timeline.show(this.#segments, selected);
    this.#editor.show(this.#segments, this.#timeline.selected);
  }

  #select(index: number): void {
    this.#timeline.select(index);
    this.#editor.show(this.#segments, this.#timeline.selected);
    this.say("");
  }

  #split(word: number): void {
    tell({ type: "edit", edit: { kind: "split", index: this.#timeline.selected, word } });
  }

  #merge(): void {
    if (this.#timeline.selected === this.#segments.length - 1) return this.say("This is the last segment: there is none to merge it with.");
    tell({ type: "edit", edit: { kind: "merge", index: this.#timeline.selected } });
  }

  #move(edge: "start" | "end", seconds: number): void {
    tell({ type: "edit", edit: { kind: "move", index: this.#timeline.selected, edge, seconds: Math.round(seconds * 1000) / 1000 } });
  }
}
