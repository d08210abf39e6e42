import { describeFailure } from "../../core/errors.ts";
import { readCutting } from "./checks.ts";
import { choicesFor } from "./choices.ts";
import { Creation } from "./creation.ts";
import { folderNameOf, newForm } from "./defaults.ts";
import { FormChecks } from "./formChecks.ts";
import { Hearing } from "./hearing.ts";
import { Narration } from "./narration.ts";
import { shownSegment } from "./plan.ts";
import { FIELDS, type Form, type PageMessage, type PageState, type ShownSound } from "./protocol.ts";
import { storyOf } from "./suggestions.ts";
import type { Source, StoryAction, WizardPorts } from "./wizardPorts.ts";

type Edit = Extract<PageMessage, { type: "edit" }>["edit"];
/** Has work done when its turn comes; resolves when it is, and never rejects. */
type Enqueue = (work: () => Promise<void> | void) => Promise<void>;

/**
 * The new-story form as it stands: what a person decided, the source as it was read, the segments it
 * comes to, and what is wrong with any of it. Whatever changes, the page is told. Its methods take
 * turns; what goes on beside them comes back through `enqueue`.
 */
export class OpenForm {
  readonly #ports: WizardPorts;
  readonly #creation: Creation;
  readonly #enqueue: Enqueue;
  readonly #hearing: Hearing;
  readonly #checks: FormChecks;
  #isDisposed = false;
  #form: Form = newForm();
  #revision = 0;
  #narration = new Narration();

  constructor(ports: WizardPorts, enqueue: Enqueue) {
    this.#ports = ports;
    this.#enqueue = enqueue;
    this.#creation = new Creation(ports, (run) => ports.post({ type: "run", run }));
    this.#hearing = new Hearing(ports);
    const inHand = () => ({ form: this.#form, narration: this.#narration, soundProblem: this.#hearing.problem, isMade: this.#creation.shown?.hasStory ?? false });
    this.#checks = new FormChecks(ports, inHand, (work) => void enqueue(work));
  }

  /** Takes up what was left of an earlier form. */
  async restore(): Promise<void> {
    const draft = this.#ports.drafts.load();
    if (!draft) return;
    this.#form = draft.form;
    this.#revision = draft.revision;
    this.#narration = new Narration(draft.edits);
    const { source } = draft;
    if (!source) return;
    if (source.uri !== undefined) return this.readFile(source.uri, { isRestored: true });
    const bytes = await this.#ports.drafts.loadBytes();
    if (bytes) this.#narration.source = { ...source, bytes };
  }

  /** Tells the page all of it. A page that was there before may know more than what was kept. */
  async show(state: PageState | undefined): Promise<void> {
    if (state && state.revision > this.#revision) {
      this.#form = state.form;
      this.#revision = state.revision;
      if (state.text !== undefined && this.#narration.source?.kind !== "file") this.#takeText(state.text);
    }
    this.#ports.post({
      type: "show",
      choices: choicesFor(this.#ports),
      revision: this.#revision,
      form: this.#form,
      text: this.#narration.text,
      isTrusted: this.#ports.isTrusted(),
    });
    this.#ports.post({ type: "run", run: this.#creation.shown });
    await this.#update();
    this.postSource();
    this.#postPlan();
  }

  async setForm(form: Form, revision: number, { isNewest }: { isNewest: boolean }): Promise<void> {
    this.#form = form;
    this.#revision = revision;
    if (isNewest) await this.#update();
  }

  async setText(text: string, revision: number): Promise<void> {
    this.#revision = revision;
    this.#takeText(text);
    await this.#keepBytes(new TextEncoder().encode(text));
    await this.#update();
    this.postSource();
  }

  #takeText(text: string): void {
    this.#narration.source = text.trim() ? { kind: "text", name: "narration.md", bytes: new TextEncoder().encode(text) } : undefined;
  }

  async readFile(uri: string, { isRestored = false } = {}): Promise<void> {
    try {
      const source = await this.#ports.files.read(uri);
      if (isRestored) this.#narration.source = source;
      else await this.setSource(source);
    } catch (error) {
      await this.fail(nameInUri(uri), describeFailure(error).message);
    }
  }

  /** Narration that was written before a file came stays, as the words that the file tells the times of. */
  async setSource(source: Source): Promise<void> {
    const written = this.#narration.text;
    this.#narration.source = source;
    if (source.uri === undefined) await this.#keepBytes(source.bytes);
    if (source.kind === "file" && written.trim()) return this.#showForm({ ...this.#form, ownWords: written, usesOwnWords: true });
    await this.#update();
    this.postSource();
  }

  /** Without its file a person's own narration stands for itself again. */
  async clearSource(): Promise<void> {
    const { ownWords = "", usesOwnWords: _uses, ...form } = this.#form;
    this.#takeText(ownWords);
    if (ownWords.trim()) {
      await this.#keepBytes(new TextEncoder().encode(ownWords));
      return this.#showForm(form);
    }
    await this.#update();
    this.postSource();
  }

  /** The form as the host changed it. */
  async #showForm(form: Form): Promise<void> {
    this.#form = form;
    this.#revision++;
    await this.show(undefined);
  }

  async showSource(line: number | undefined): Promise<void> {
    const uri = this.#narration.source?.uri;
    if (uri !== undefined) await this.#ports.files.show(uri, line);
  }

  async chooseFolder(): Promise<void> {
    const title = this.#form.title ?? (await this.#checks.suggestions()).title;
    const folder = await this.#ports.folders.pick(folderNameOf(title));
    if (folder === undefined) return;
    await this.#showForm({ ...this.#form, folder });
  }

  /** A file that could not be read leaves what was there in place, but says so. */
  async fail(name: string, reason: string): Promise<void> {
    this.#ports.post({ type: "refused", message: `${name} could not be read: ${reason}` });
    await this.#update();
  }

  /** Reads, plans and checks whatever changed, and keeps the form. */
  async #update(): Promise<void> {
    const maker = await this.#ports.loadMaker();
    await this.#hearing.take(this.#narration.source, maker);
    const { isRead, isPlanned } = this.#narration.update(this.#form, maker);
    if (isRead) this.postSource();
    if (isPlanned) this.#postPlan();
    this.#save();
    await this.#checks.show();
  }

  /** Where they cannot be kept they are still there: a transcript was paid for. */
  async #keepBytes(bytes: Uint8Array): Promise<void> {
    await this.#ports.drafts.saveBytes(bytes).catch((error: unknown) => this.#ports.onBug(error));
  }

  #save(): void {
    // What is made needs no form any more.
    if (this.#creation.shown?.hasStory) return;
    const { source, plan } = this.#narration;
    const named = source && { kind: source.kind, name: source.name, uri: source.uri, heard: source.heard };
    this.#ports.drafts.save({ revision: this.#revision, form: this.#form, edits: plan.kept, source: named });
  }

  async edit(edit: Edit): Promise<void> {
    const result = this.#narration.plan.edit(edit, await this.#ports.loadMaker());
    if ("refused" in result) return this.#ports.post({ type: "refused", message: result.refused });
    this.#ports.post({ type: "splice", ...result, insert: result.insert.map(shownSegment), edits: this.#narration.plan.editCount });
    this.#save();
    await this.#checks.show();
  }

  async undo(how: "last" | "all"): Promise<void> {
    this.#narration.plan.undo(how, await this.#ports.loadMaker());
    this.#postPlan();
    this.#save();
    await this.#checks.show();
  }

  /** Sends the recording where the page said that it would go. */
  async transcribe(): Promise<void> {
    await this.#update();
    if (!this.#ports.isTrusted()) return;
    const isStillTold = await this.#hearing.isStillTold();
    if (isStillTold) void this.#hear().catch((error: unknown) => this.#ports.onBug(error));
    this.postSource();
    await this.#checks.show();
    if (!isStillTold && this.#hearing.problem === undefined && this.#sound?.state === "offered") {
      this.#ports.post({ type: "refused", message: "Who transcribes has changed. Nothing was sent; look where it would go, then press Transcribe again." });
    }
  }

  /** Goes on beside the queue: the form can be filled meanwhile. */
  async #hear(): Promise<void> {
    const { source } = this.#narration;
    const { wordsPerMinute } = readCutting(this.#form).cutting ?? readCutting(newForm()).cutting!;
    const heard = await this.#hearing.run({ language: this.#form.language, wordsPerMinute });
    if (this.#isDisposed) return;
    await this.#enqueue(async () => {
      if (this.#narration.source !== source) return;
      if (heard) return this.setSource(heard);
      await this.#update();
      this.postSource();
    });
  }

  stopTranscribing(): void {
    this.#hearing.stop();
  }

  /** Trust, the folders of the window, or the model that directs changed. */
  async recheck(): Promise<void> {
    this.#hearing.forgetEar();
    await this.show(undefined);
  }

  /** What is made gives way to a new form, anything else stays. */
  async begin(): Promise<void> {
    if (this.#creation.shown?.hasStory && !this.#creation.isBusy) await this.startOver();
  }

  async startOver(): Promise<void> {
    await this.#ports.drafts.clear();
    this.#form = newForm();
    this.#narration = new Narration();
    this.#creation.forget();
    this.#revision++;
    await this.show(undefined);
  }

  async create(direct: boolean): Promise<void> {
    if (this.#creation.isBusy) return;
    await this.#update();
    const checks = await this.#checks.post();
    const wrong = FIELDS.find((field) => checks.problems[field]?.severity === "error");
    if (!checks.canCreate) return this.#ports.post({ type: "focus", field: wrong ?? "source" });
    const story = storyOf(this.#form, this.#narration, { ...checks, maker: await this.#ports.loadMaker() });
    const { images, script } = this.#form;
    // The run goes on while the page is asked and answered.
    if (await this.#creation.create(this.#checks.folder!, story)) {
      await this.#ports.drafts.clear();
      if (direct) void this.#creation.direct({ images, script });
    }
  }

  stop(): void {
    this.#creation.stop();
  }

  async goOn(action: StoryAction): Promise<void> {
    await this.#creation.perform(action);
  }

  /** Its page is gone: what was typed is still kept; nothing is estimated or transcribed any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#hearing.stop();
    this.#checks.dispose();
  }

  postSource(): void {
    const { shown } = this.#narration;
    const sound = this.#sound;
    this.#ports.post({ type: "source", source: shown && sound ? { ...shown, canShow: false, takesWords: true, sound } : shown });
  }

  get #sound(): ShownSound | undefined {
    return this.#hearing.shown(this.#ports.isTrusted());
  }

  #postPlan(): void {
    this.#ports.post({ type: "plan", ...this.#narration.plan.shown });
  }
}

/** The name of a file as people know it. What does not decode is shown as it is. */
function nameInUri(uri: string): string {
  const name = uri.split("/").at(-1)!;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
