import type { ShownSound } from "../../vscode/wizard/protocol.ts";
import { actionButton, element, say } from "./dom.ts";

/** A recording that is no narration yet: where it would be sent, and the buttons for it. */
export class SoundCard {
  readonly root = element("div", { class: "sound", attributes: { hidden: "" } });
  readonly transcribe = actionButton("Transcribe", "transcribe", { secondary: false });
  readonly #told = element("p", { class: "told", attributes: { role: "status" } });
  readonly #stop = actionButton("Stop", "stopTranscribing");
  readonly #chooseModel = actionButton("Choose AI Model…", "chooseModel");
  readonly buttons = [this.transcribe, this.#stop, this.#chooseModel];

  constructor() {
    this.root.append(this.#told, ...this.buttons);
  }

  show(sound: ShownSound | undefined): void {
    this.root.hidden = !sound;
    if (!sound) return;
    const { state, told } = sound;
    const focused = this.buttons.find((button) => button === document.activeElement);
    say(this.#told, state === "transcribing" ? `Transcribing… ${told}` : told);
    this.transcribe.hidden = state !== "offered" && state !== "failed";
    this.transcribe.textContent = state === "failed" ? "Try Again" : "Transcribe";
    this.#stop.hidden = state !== "transcribing";
    this.#chooseModel.hidden = state !== "unavailable" && state !== "failed";
    // The button that was pressed may be gone.
    if (focused?.hidden) this.buttons.find(({ hidden }) => !hidden)?.focus();
  }
}
