import { checkForm, type FolderFacts } from "./checks.ts";
import type { Narration } from "./narration.ts";
import type { Checks, Form } from "./protocol.ts";
import { storyOf, suggest } from "./suggestions.ts";
import { describePlan } from "./words.ts";
import type { WizardPorts } from "./wizardPorts.ts";

/** What is checked. */
export interface FormInHand {
  readonly form: Form;
  readonly narration: Narration;
  /** Why a recording has no words yet. */
  readonly soundProblem: string | undefined;
  /** Whether the story is made: then nothing is left to estimate. */
  readonly isMade: boolean;
}

type Ports = Pick<WizardPorts, "loadMaker" | "post" | "folders" | "stories" | "isTrusted" | "estimatePauseMs">;

/** What is wrong with the form and what it comes to: looked up anew each time, but for the cost. */
export class FormChecks {
  readonly #ports: Ports;
  readonly #inHand: () => FormInHand;
  readonly #enqueue: (work: () => Promise<void>) => void;
  #folder: FolderFacts | undefined;
  /** What directing costs, as far as it was estimated. */
  #cost = "";
  #estimateTimer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  /** @param enqueue has an estimate made when its turn comes */
  constructor(ports: Ports, inHand: () => FormInHand, enqueue: (work: () => Promise<void>) => void) {
    this.#ports = ports;
    this.#inHand = inHand;
    this.#enqueue = enqueue;
  }

  /** Where the story would be, as it was looked up last. */
  get folder(): FolderFacts | undefined {
    return this.#folder;
  }

  /** Tells the page; costs follow once nothing was typed for a while. */
  async show(): Promise<void> {
    const checks = await this.post();
    clearTimeout(this.#estimateTimer);
    if (checks.canCreate && !this.#isDisposed) this.#estimateTimer = setTimeout(() => this.#enqueue(() => this.#estimate()), this.#ports.estimatePauseMs);
  }

  async post(): Promise<Checks> {
    const checks = await this.#check();
    this.#ports.post({ type: "checks", checks });
    return checks;
  }

  async suggestions(): Promise<Checks["suggestions"]> {
    const { form, narration } = this.#inHand();
    return suggest(form, narration, { maker: await this.#ports.loadMaker(), folders: this.#ports.folders });
  }

  /** Nothing is estimated any more. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#estimateTimer);
  }

  async #estimate(): Promise<void> {
    const checks = await this.#check();
    const { form, narration, isMade } = this.#inHand();
    if (!checks.canCreate || isMade) return;
    const cost = await this.#ports.stories.estimate(storyOf(form, narration, { ...checks, maker: await this.#ports.loadMaker() }));
    if (cost === this.#cost) return;
    this.#cost = cost;
    await this.post();
  }

  async #check(): Promise<Checks> {
    const { form, narration, soundProblem } = this.#inHand();
    const suggestions = await this.suggestions();
    const title = form.title ?? suggestions.title;
    this.#folder = await this.#ports.folders.look(form.folder ?? suggestions.folder);
    const { plan, state, error, isStale } = narration;
    const { problems, notes } = checkForm(form, {
      title,
      language: form.language ?? suggestions.language,
      folder: this.#folder,
      source: soundProblem === undefined ? state : "unreadable",
      sourceError: soundProblem ?? error,
      segmentCount: plan.segments.length,
      isTrusted: this.#ports.isTrusted(),
    });
    const canCreate = Object.values(problems).every(({ severity }) => severity !== "error") && plan.segments.length > 0 && !isStale;
    const lines = describePlan(plan.segments, form.outputs.length);
    const estimate = lines.length && this.#cost ? [...lines, this.#cost] : lines;
    return { suggestions, problems, notes, estimate, canCreate };
  }
}
