import { describeFailure, isAbortError } from "../../core/errors.ts";
import type { SoundFormat } from "../../import/read/bytes/binaryFormats.ts";
import type { StoryMaker } from "../engine.ts";
import { requireHeard, type Ear, type HearOptions } from "../models/ears.ts";
import { soundSize } from "../models/soundSize.ts";
import type { ShownSound } from "./protocol.ts";
import type { Source, WizardPorts } from "./wizardPorts.ts";

interface Sound {
  readonly source: Source;
  readonly format: SoundFormat;
  /** Length, where the file says it. */
  readonly seconds: number | undefined;
}

/**
 * A recording on its way to be narration: who would transcribe it, and the one call that does.
 * Nothing is sent before `run`, and then to nobody but who was told.
 */
export class Hearing {
  readonly #ports: Pick<WizardPorts, "findEar" | "onBug">;
  #source: Source | undefined;
  #sound: Sound | undefined;
  #ear: Ear | undefined;
  #problem: string | undefined;
  #control: AbortController | undefined;

  constructor(ports: Pick<WizardPorts, "findEar" | "onBug">) {
    this.#ports = ports;
  }

  /** Why there is no transcript, and what to do. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#control !== undefined;
  }

  /** Undefined where the source is no recording. */
  shown(isTrusted: boolean): ShownSound | undefined {
    if (!this.#sound) return undefined;
    const { source, seconds } = this.#sound;
    const size = soundSize(source.bytes, seconds);
    if (!this.#ear) return { state: isTrusted ? "unavailable" : "restricted", told: size.join(" · ") };
    if (this.#control) return { state: "transcribing", told: [...size, `by ${this.#ear.told}`].join(" · ") };
    const state = this.#problem === undefined ? "offered" : "failed";
    return { state: isTrusted ? state : "restricted", told: [...size, `will be transcribed by ${this.#ear.told}`].join(" · ") };
  }

  /** Takes a source up, and finds who would transcribe it where it is a recording. What was under way for another one ends. */
  async take(source: Source | undefined, maker: StoryMaker): Promise<void> {
    if (source !== this.#source) {
      this.stop();
      this.forgetEar();
      this.#source = source;
      const format = source && maker.soundIn(source.bytes);
      this.#sound = format && { source, format, seconds: maker.soundSeconds(source.bytes) };
    }
    if (this.#sound && !this.#ear && this.#problem === undefined) await this.#find(this.#sound);
  }

  /** Settings changed: who transcribes is to be found anew, unless somebody is at it. */
  forgetEar(): void {
    if (this.isBusy) return;
    this.#ear = undefined;
    this.#problem = undefined;
  }

  /** Whether the recording can be sent: to the one that a person was told, as things are set now. */
  async isStillTold(): Promise<boolean> {
    const told = this.#ear?.told;
    if (!this.#sound || this.isBusy || told === undefined) return false;
    this.forgetEar();
    await this.#find(this.#sound);
    return this.#ear?.told === told;
  }

  stop(): void {
    this.#control?.abort();
    this.#control = undefined;
  }

  /**
   * Has the recording transcribed. Never rejects.
   * @returns what was heard, as a source; undefined where it failed or was stopped
   */
  async run(options: Omit<HearOptions, "signal">): Promise<Source | undefined> {
    const { source, format, seconds } = this.#sound!;
    const control = new AbortController();
    this.#control = control;
    try {
      const narration = await this.#ear!.hear({ name: source.name, bytes: source.bytes }, { ...options, signal: control.signal });
      if (control.signal.aborted) return undefined;
      const { heard } = requireHeard(narration, source.name);
      const { name, kind } = source;
      return { kind, name, bytes: heard.answer, heard: { by: heard.by, format: format.name, ...(seconds !== undefined && { seconds }) } };
    } catch (error) {
      if (!control.signal.aborted && !isAbortError(error)) this.#fail(error);
      return undefined;
    } finally {
      if (this.#control === control) this.#control = undefined;
    }
  }

  async #find({ source, format, seconds }: Sound): Promise<void> {
    try {
      this.#ear = await this.#ports.findEar({ what: `${source.name} is ${format.name}`, seconds });
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { message, hint, isExpected } = describeFailure(error);
    if (!isExpected) this.#ports.onBug(error);
    this.#problem = [`${message}.`.replace(/([.!?…])\.$/, "$1"), hint].filter(Boolean).join(" ");
  }
}
