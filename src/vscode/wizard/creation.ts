import { describeFailure, isAbortError } from "../../core/errors.ts";
import { plural } from "../../core/words.ts";
import type { NewStory } from "../../import/newStory.ts";
import type { FolderFacts } from "./checks.ts";
import type { ShownRun } from "./protocol.ts";
import type { DirectHow, RunProgress, StoryAction, WizardPorts } from "./wizardPorts.ts";

type Path = Pick<FolderFacts, "path" | "isInWindow">;

/** Makes the story and directs it, and says how far it is. */
export class Creation {
  readonly #ports: Pick<WizardPorts, "stories" | "onBug">;
  readonly #show: (run: ShownRun | undefined) => void;
  #shown: ShownRun | undefined;
  #folder: Path | undefined;

  constructor(ports: Pick<WizardPorts, "stories" | "onBug">, show: (run: ShownRun | undefined) => void) {
    this.#ports = ports;
    this.#show = show;
  }

  get shown(): ShownRun | undefined {
    return this.#shown;
  }

  get isBusy(): boolean {
    return this.#shown?.state === "creating" || this.#shown?.state === "directing";
  }

  /** @returns whether the story is there */
  async create(folder: Path, story: NewStory): Promise<boolean> {
    this.#folder = folder;
    this.#say({ state: "creating", message: "Making the story…", hasStory: false });
    try {
      await this.#ports.stories.create(folder.path, story);
      this.#say({ state: "created", message: `“${story.title}” is made: ${plural(story.segments.length, "segment")} in ${folder.path}`, hasStory: true });
      return true;
    } catch (error) {
      this.#fail(error, false);
      return false;
    }
  }

  async direct(phases: Omit<DirectHow, "onProgress">): Promise<void> {
    const { path } = this.#folder!;
    this.#say({ state: "directing", message: "Reading the narration…", hasStory: true });
    try {
      const onProgress = ({ message, settled, total }: RunProgress) => this.#say({ state: "directing", message, settled, total, hasStory: true });
      const closing = await this.#ports.stories.direct(path, { ...phases, onProgress });
      this.#say({ state: "done", message: closing, hint: path, hasStory: true });
    } catch (error) {
      if (isAbortError(error)) this.#say({ state: "stopped", message: "Stopped. What is saved stays saved.", hint: "Regenerate Director's Script goes on from there.", hasStory: true });
      else this.#fail(error, true);
    }
  }

  stop(): void {
    if (this.#folder && this.#shown?.state === "directing") this.#ports.stories.stop(this.#folder.path);
  }

  async perform(action: StoryAction): Promise<void> {
    if (this.#folder && this.#shown?.hasStory) await this.#ports.stories.perform(action, this.#folder.path);
  }

  forget(): void {
    this.#shown = undefined;
    this.#folder = undefined;
  }

  #fail(error: unknown, hasStory: boolean): void {
    const { message, hint, isExpected } = describeFailure(error);
    if (!isExpected) this.#ports.onBug(error);
    this.#say({ state: "failed", message, hint, hasStory });
  }

  #say({ hint, ...run }: Pick<ShownRun, "state" | "message" | "hasStory"> & Partial<ShownRun>): void {
    const { settled = 0, total = 0 } = this.#shown?.state === "directing" ? this.#shown : {};
    this.#shown = { settled, total, ...run, ...(hint !== undefined && { hint }), isInWindow: this.#folder?.isInWindow ?? false };
    this.#show(this.#shown);
  }
}
