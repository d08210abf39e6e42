import { formatExactTime, formatTime } from "../../core/times.ts";
import type { ShownSegment } from "../../vscode/wizard/protocol.ts";
import { element } from "./dom.ts";
import { marksWithin, scaleFor, segmentsWithin, stretchOf, ZOOMS } from "./track.ts";

/** What the track asks of those who know how to do it. */
export interface TimelineActions {
  select(index: number): void;
  split(): void;
  merge(): void;
  move(edge: "start" | "end", seconds: number): void;
  undo(): void;
  editWords(): void;
}

/** How far one key press moves the end of a segment; seconds. */
const KEY_STEP = 0.1;

const PAGE_STEP = 10;

/** Narrower boxes have no room for a number. */
const NARROWEST_LABEL = 26;

/** Narrower boxes have no room for words. */
const NARROWEST_WORDS = 56;

const DEFAULT_ZOOM = 5;

/**
 * The segments on a line of time. Only those in sight are in the document, however many there are;
 * the track itself is one list box, whose active option is the selected segment.
 */
export class Timeline {
  readonly root: HTMLElement;
  readonly #view: HTMLElement;
  readonly #strip: HTMLElement;
  readonly #ruler: HTMLElement;
  readonly #actions: TimelineActions;
  #segments: readonly ShownSegment[] = [];
  #selected = 0;
  #zoom = DEFAULT_ZOOM;
  #frame = 0;

  constructor(actions: TimelineActions) {
    this.#actions = actions;
    this.#ruler = element("div", { class: "ruler", attributes: { "aria-hidden": "true" } });
    this.#strip = element("div", { class: "strip" });
    this.#view = element("div", {
      class: "track",
      attributes: { role: "listbox", tabindex: "0", "aria-label": "Time line", "aria-orientation": "horizontal", "aria-describedby": "track-keys" },
      on: {
        scroll: () => this.#drawSoon(),
        keydown: (event) => this.#onKey(event as KeyboardEvent),
        click: (event) => this.#onClick(event as MouseEvent),
        pointerdown: (event) => this.#onPointerDown(event as PointerEvent),
      },
    }, [this.#ruler, this.#strip]);
    this.root = this.#view;
    new ResizeObserver(() => this.#drawSoon()).observe(this.#view);
  }

  get selected(): number {
    return this.#selected;
  }

  show(segments: readonly ShownSegment[], selected: number): void {
    this.#segments = segments;
    this.#selected = Math.max(0, Math.min(selected, segments.length - 1));
    this.#view.setAttribute("aria-label", `Time line, ${segments.length} segments`);
    this.#resize();
  }

  select(index: number): void {
    this.#selected = Math.max(0, Math.min(index, this.#segments.length - 1));
    this.#scrollToSelected();
    this.#drawSoon();
  }

  zoom(step: 1 | -1): void {
    this.#zoom = Math.max(0, Math.min(this.#zoom + step, ZOOMS.length - 1));
    this.#resize();
    this.#scrollToSelected();
  }

  focus(): void {
    this.#view.focus();
  }

  get #scale(): number {
    return scaleFor(ZOOMS[this.#zoom]!, this.#segments.at(-1)?.end ?? 0);
  }

  #resize(): void {
    this.#strip.style.width = `${(this.#segments.at(-1)?.end ?? 0) * this.#scale}px`;
    this.#drawSoon();
  }

  #scrollToSelected(): void {
    const segment = this.#segments[this.#selected];
    if (!segment) return;
    const { left, width } = stretchOf(segment, this.#scale);
    const { scrollLeft, clientWidth } = this.#view;
    if (left < scrollLeft) this.#view.scrollLeft = left - 40;
    else if (left + width > scrollLeft + clientWidth) this.#view.scrollLeft = left + width - clientWidth + 40;
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const scale = this.#scale;
    const { scrollLeft, clientWidth } = this.#view;
    const [from, to] = [(scrollLeft - clientWidth) / scale, (scrollLeft + 2 * clientWidth) / scale];
    const [first, last] = segmentsWithin(this.#segments, from, to) ?? [0, -1];
    const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    // A screen reader asks for the active option, also where it is out of sight.
    if (this.#segments[this.#selected] && !indexes.includes(this.#selected)) indexes.push(this.#selected);
    this.#strip.replaceChildren(...indexes.map((index) => this.#box(index, scale)));
    const marks = marksWithin(Math.max(0, from), Math.min(to, this.#segments.at(-1)?.end ?? 0), scale);
    this.#ruler.replaceChildren(...marks.map((seconds) => placed(element("span", { class: "mark", text: formatTime(seconds) }), { left: seconds * scale, width: 0 })));
    if (this.#segments.length) this.#view.setAttribute("aria-activedescendant", `segment-${this.#selected}`);
    else this.#view.removeAttribute("aria-activedescendant");
  }

  #box(index: number, scale: number): HTMLElement {
    const segment = this.#segments[index]!;
    const isSelected = index === this.#selected;
    const stretch = stretchOf(segment, scale);
    const spoken = `Segment ${index + 1}, ${formatTime(segment.start)}, ${(segment.end - segment.start).toFixed(1)} seconds: ${segment.narration || "no narration"}`;
    const box = element("div", {
      class: `box${isSelected ? " selected" : ""}${segment.narration ? "" : " silent"}`,
      attributes: {
        id: `segment-${index}`,
        role: "option",
        "aria-selected": String(isSelected),
        "aria-setsize": String(this.#segments.length),
        "aria-posinset": String(index + 1),
        "aria-label": spoken,
        title: `${index + 1} · ${formatExactTime(segment.start)} – ${formatExactTime(segment.end)}\n${segment.narration}`,
        "data-index": String(index),
      },
    });
    if (stretch.width >= NARROWEST_LABEL) box.append(element("span", { class: "number", text: String(index + 1) }));
    if (stretch.width >= NARROWEST_WORDS) box.append(element("span", { class: "words", text: segment.narration }));
    if (isSelected) box.append(element("div", { class: "edge start", attributes: { "data-edge": "start" } }), element("div", { class: "edge end", attributes: { "data-edge": "end" } }));
    return placed(box, stretch);
  }

  #onClick(event: MouseEvent): void {
    const index = indexOf(event.target);
    if (index !== undefined) this.#actions.select(index);
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#segments.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const work = event.shiftKey ? this.#shiftKeys[event.key] : this.#keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!work) return;
    event.preventDefault();
    work();
  }

  readonly #keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.#actions.select(this.#selected - 1),
    ArrowRight: () => this.#actions.select(this.#selected + 1),
    PageUp: () => this.#actions.select(this.#selected - PAGE_STEP),
    PageDown: () => this.#actions.select(this.#selected + PAGE_STEP),
    Home: () => this.#actions.select(0),
    End: () => this.#actions.select(this.#segments.length - 1),
    Enter: () => this.#actions.editWords(),
    s: () => this.#actions.split(),
    m: () => this.#actions.merge(),
    z: () => this.#actions.undo(),
  };

  readonly #shiftKeys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.#actions.move("end", this.#segments[this.#selected]!.end - KEY_STEP),
    ArrowRight: () => this.#actions.move("end", this.#segments[this.#selected]!.end + KEY_STEP),
  };

  /** Dragging an edge shows the time and changes nothing before it is let go. */
  #onPointerDown(event: PointerEvent): void {
    const handle = event.target as HTMLElement;
    const edge = handle.dataset["edge"];
    if (edge !== "start" && edge !== "end") return;
    event.preventDefault();
    this.#view.focus();
    const box = handle.parentElement!;
    const segment = this.#segments[this.#selected]!;
    const scale = this.#scale;
    const timeAt = ({ clientX }: PointerEvent) => Math.max(0, segment[edge] + (clientX - event.clientX) / scale);
    const control = new AbortController();
    const { signal } = control;
    handle.setPointerCapture(event.pointerId);
    const drag = (move: PointerEvent) => {
      const dragged = { ...segment, [edge]: timeAt(move) };
      if (dragged.end > dragged.start) placed(box, stretchOf(dragged, scale));
    };
    handle.addEventListener("pointermove", drag, { signal });
    handle.addEventListener("pointercancel", () => (control.abort(), this.#drawSoon()), { signal });
    handle.addEventListener("pointerup", (up) => {
      control.abort();
      if (Math.abs(up.clientX - event.clientX) < 2) return;
      this.#drawSoon();
      this.#actions.move(edge, timeAt(up));
    }, { signal });
  }
}

function placed<Placed extends HTMLElement>(made: Placed, { left, width }: { left: number; width: number }): Placed {
  made.style.left = `${left}px`;
  if (width) made.style.width = `${width}px`;
  return made;
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = (target as HTMLElement | null)?.closest<HTMLElement>(".box")?.dataset["index"];
  return index === undefined ? undefined : Number(index);
}
