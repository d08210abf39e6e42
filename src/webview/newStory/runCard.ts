import type { ShownRun } from "../../vscode/wizard/protocol.ts";
import { actionButton, element, say } from "./dom.ts";

/** What becomes of the story once Create was pressed, and the ways on from there. */
export class RunCard {
  readonly root = element("section", { class: "run", attributes: { "aria-label": "Progress", hidden: "" } });
  readonly #bar = element("vscode-progress-bar", { class: "wide" });
  readonly #status = element("span", { attributes: { role: "status" } });
  /** Beside the status: nobody wants to hear of every segment. The bar has it for who asks. */
  readonly #count = element("span");
  readonly #message = element("p", { class: "run-message", attributes: { tabindex: "-1" } }, [this.#status, this.#count]);
  readonly #hint = element("p", { class: "hint" });
  readonly #buttons = element("div", { class: "buttons" });
  #shown = "";

  constructor() {
    this.root.append(this.#message, this.#bar, this.#hint, this.#buttons);
  }

  show(run: ShownRun | undefined): void {
    this.root.hidden = !run;
    if (!run) return void (this.#shown = "");
    const { state, message, hint = "", settled, total } = run;
    const isMoving = state === "creating" || state === "directing";
    this.root.className = `run ${state}`;
    say(this.#status, message);
    say(this.#count, state === "directing" && total ? `: ${settled}/${total} segments` : "");
    this.#bar.hidden = !isMoving;
    this.#bar.indeterminate = total === 0;
    this.#bar.max = Math.max(1, total);
    this.#bar.value = settled;
    this.#bar.ariaLabel = "Segments that are production-ready";
    this.#hint.textContent = hint;
    if (this.#shown === state) return;
    this.#shown = state;
    this.#buttons.replaceChildren(...buttonsFor(run));
    this.#message.focus();
  }
}

function buttonsFor({ state, hasStory, isInWindow }: ShownRun): HTMLElement[] {
  const openStory = actionButton("Open Story", "openStory");
  const openFolder = isInWindow ? [] : [actionButton("Open Folder in New Window", "openFolder")];
  const another = actionButton("Create Another", "startOver");
  const progress = actionButton("Show Progress", "showProgress");
  switch (state) {
    case "creating":
      return [];
    case "directing":
      return [progress, actionButton("Stop", "stop")];
    case "created":
      return [actionButton("Open Story", "openStory", { secondary: false }), ...openFolder, another];
    case "done":
      return [actionButton("Open Script", "openScript", { secondary: false }), openStory, progress, ...openFolder, another];
    case "stopped":
      return [progress, openStory, ...openFolder, another];
    case "failed":
      return hasStory ? [progress, openStory, ...openFolder, another] : [];
  }
}
