import { describeFailure } from "../../core/errors.ts";
import { checkForm, readCutting, type FolderFacts } from "./checks.ts";
import { choicesFor } from "./choices.ts";
import { Creation } from "./creation.ts";
import { folderNameOf, newForm } from "./defaults.ts";
import { Hearing } from "./hearing.ts";
import { Narration } from "./narration.ts";
import { shownSegment } from "./plan.ts";
import { FIELDS, type Action, type Checks, type Form, type PageMessage, type PageState, type ShownSound } from "./protocol.ts";
import { suggest, storyOf } from "./suggestions.ts";
import { describePlan } from "./words.ts";
import type { Source, WizardPorts } from "./wizardPorts.ts";

/**
 * The new-story form behind its page: what a person decided, the source as it was read, the
 * segments it comes to, and what is wrong with any of it. Knows neither VS Code nor the page;
 * both are ports. What comes in is worked on one after the other.
 */
export class Wizard {
  readonly #ports: WizardPorts;
  readonly #creation: Creation;
  readonly #hearing: Hearing;
  #isDisposed = false;
  #form: Form = newForm();
  #revision = 0;
  /** Revision of the form that came last; others before it may still be in the queue. */
  #latest = 0;
  #narration = new Narration();
  #folder: FolderFacts | undefined;
  /** What directing costs, as far as it was estimated. */
  #cost = "";
  #estimateTimer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(ports: WizardPorts) {
    this.#ports = ports;
    this.#creation = new Creation(ports, (run) => ports.post({ type: "run", run }));
    this.#hearing = new Hearing(ports);
  }

  /** Takes up what was left of an earlier form. */
  restore(): Promise<void> {
    return this.#enqueue(() => this.#restore());
  }

  /** Resolves when the message has been worked on. */
  receive(message: PageMessage): Promise<void> {
    // Stopping must not wait behind what is to be stopped.
    if (message.type === "action" && message.action === "stop") return Promise.resolve(this.#creation.stop());
    if (message.type === "action" && message.action === "stopTranscribing") return this.#stopTranscribing();
    if (message.type === "form") this.#latest = message.revision;
    if (message.type === "create") return this.#enqueue(() => this.#create(message.direct));
    return this.#enqueue(() => this.#handle(message));
  }

  /** Starts from a file, as the explorer's menu does. */
  open(uri: string): Promise<void> {
    return this.#enqueue(() => this.#readFile(uri));
  }

  /** New Story… was called again: what is made gives way to a new form, anything else stays. */
  begin(): Promise<void> {
    return this.#enqueue(() => (this.#creation.shown?.hasStory && !this.#creation.isBusy ? this.#startOver() : undefined));
  }

  /** Its page is gone: what was typed is still kept; nothing is estimated or transcribed any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#hearing.stop();
    clearTimeout(this.#estimateTimer);
  }

  /** Trust, the folders of the window, or the model that directs changed. */
  recheck(): Promise<void> {
    return this.#enqueue(() => {
      this.#hearing.forgetEar();
      return this.#show(undefined);
    });
  }

  #enqueue(work: () => Promise<void> | void): Promise<void> {
    const done = this.#queue.then(work).catch((error: unknown) => this.#ports.onBug(error));
    this.#queue = done;
    return done;
  }

  async #restore(): Promise<void> {
    const draft = this.#ports.drafts.load();
    if (!draft) return;
    this.#form = draft.form;
    this.#revision = draft.revision;
    this.#narration = new Narration(draft.edits);
    const { source } = draft;
    if (!source) return;
    if (source.uri !== undefined) return this.#readFile(source.uri, { isRestored: true });
    const bytes = await this.#ports.drafts.loadBytes();
    if (bytes) this.#narration.source = { ...source, bytes };
  }

  async #handle(message: Exclude<PageMessage, { type: "create" }>): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#show(message.state);
      case "form":
        this.#form = message.form;
        this.#revision = message.revision;
        // What was typed since is next in the queue: reading for it is enough.
        return message.revision < this.#latest ? undefined : this.#update();
      case "text":
        this.#revision = message.revision;
        return this.#setText(message.text);
      case "file":
        return this.#setSource({ kind: "file", name: message.name, bytes: message.bytes });
      case "uris":
        if (message.uris[0] !== undefined) await this.#readFile(message.uris[0]);
        return;
      case "unread":
        return this.#fail(message.name, message.reason);
      case "edit":
        return this.#edit(message.edit);
      case "action":
        return this.#act(message.action, message.line);
    }
  }

  async #show(state: PageState | undefined): Promise<void> {
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
    this.#postSource();
    this.#postPlan();
  }

  async #setText(text: string): Promise<void> {
    this.#takeText(text);
    await this.#ports.drafts.saveBytes(new TextEncoder().encode(text));
    await this.#update();
    this.#postSource();
  }

  #takeText(text: string): void {
    this.#narration.source = text.trim() ? { kind: "text", name: "narration.md", bytes: new TextEncoder().encode(text) } : undefined;
  }

  async #readFile(uri: string, { isRestored = false } = {}): Promise<void> {
    try {
      const source = await this.#ports.files.read(uri);
      if (isRestored) this.#narration.source = source;
      else await this.#setSource(source);
    } catch (error) {
      await this.#fail(uri.split("/").at(-1)!, describeFailure(error).message);
    }
  }

  async #setSource(source: Source): Promise<void> {
    this.#narration.source = source;
    // Where it cannot be kept it is still there: a transcript was paid for.
    if (source.uri === undefined) await this.#ports.drafts.saveBytes(source.bytes).catch((error: unknown) => this.#ports.onBug(error));
    await this.#update();
    this.#postSource();
  }

  /** A file that could not be read leaves what was there in place, but says so. */
  async #fail(name: string, reason: string): Promise<void> {
    this.#ports.post({ type: "refused", message: `${decodeURIComponent(name)} could not be read: ${reason}` });
    await this.#update();
  }

  /** Reads, plans and checks whatever changed, and keeps the form. */
  async #update(): Promise<void> {
    const maker = await this.#ports.loadMaker();
    await this.#hearing.take(this.#narration.source, maker);
    const { isRead, isPlanned } = this.#narration.update(this.#form, maker);
    if (isRead) this.#postSource();
    if (isPlanned) this.#postPlan();
    this.#save();
    await this.#check();
  }

  #save(): void {
    // What is made needs no form any more.
    if (this.#creation.shown?.hasStory) return;
    const { source, plan } = this.#narration;
    const named = source && { kind: source.kind, name: source.name, uri: source.uri, heard: source.heard };
    this.#ports.drafts.save({ revision: this.#revision, form: this.#form, edits: plan.kept, source: named });
  }

  async #check(): Promise<void> {
    const checks = await this.#checks();
    this.#ports.post({ type: "checks", checks });
    clearTimeout(this.#estimateTimer);
    if (checks.canCreate) this.#estimateTimer = setTimeout(() => void this.#enqueue(() => this.#estimate()), this.#ports.estimatePauseMs);
  }

  async #estimate(): Promise<void> {
    const checks = await this.#checks();
    if (!checks.canCreate || this.#creation.shown?.hasStory) return;
    const cost = await this.#ports.stories.estimate(storyOf(this.#form, this.#narration, { ...checks, maker: await this.#ports.loadMaker() }));
    if (cost === this.#cost) return;
    this.#cost = cost;
    this.#ports.post({ type: "checks", checks: await this.#checks() });
  }

  async #checks(): Promise<Checks> {
    const suggestions = await this.#suggestions();
    const title = this.#form.title ?? suggestions.title;
    this.#folder = await this.#ports.folders.look(this.#form.folder ?? suggestions.folder);
    const { plan, state, error, isStale } = this.#narration;
    const { problems, notes } = checkForm(this.#form, {
      title,
      language: this.#form.language ?? suggestions.language,
      folder: this.#folder,
      source: this.#hearing.problem === undefined ? state : "unreadable",
      sourceError: this.#hearing.problem ?? error,
      segmentCount: plan.segments.length,
      isTrusted: this.#ports.isTrusted(),
    });
    const canCreate = Object.values(problems).every(({ severity }) => severity !== "error") && plan.segments.length > 0 && !isStale;
    const lines = describePlan(plan.segments, this.#form.outputs.length);
    const estimate = lines.length && this.#cost ? [...lines, this.#cost] : lines;
    return { suggestions, problems, notes, estimate, canCreate };
  }

  async #suggestions(): Promise<Checks["suggestions"]> {
    return suggest(this.#form, this.#narration, { maker: await this.#ports.loadMaker(), folders: this.#ports.folders });
  }

  async #edit(edit: Extract<PageMessage, { type: "edit" }>["edit"]): Promise<void> {
    const result = this.#narration.plan.edit(edit, await this.#ports.loadMaker());
    if ("refused" in result) return this.#ports.post({ type: "refused", message: result.refused });
    this.#ports.post({ type: "splice", ...result, insert: result.insert.map(shownSegment), edits: this.#narration.plan.editCount });
    this.#save();
    await this.#check();
  }

  async #undo(how: "last" | "all"): Promise<void> {
    this.#narration.plan.undo(how, await this.#ports.loadMaker());
    this.#postPlan();
    this.#save();
    await this.#check();
  }

  async #act(action: Action, line: number | undefined): Promise<void> {
    const { files, folders } = this.#ports;
    switch (action) {
      case "chooseFile": {
        const uri = await files.pick();
        return uri === undefined ? undefined : this.#readFile(uri);
      }
      case "chooseFolder": {
        const folder = await folders.pick(folderNameOf(this.#form.title ?? (await this.#suggestions()).title));
        if (folder === undefined) return;
        this.#form = { ...this.#form, folder };
        this.#revision++;
        return this.#show(undefined);
      }
      case "clearSource":
        this.#narration.source = undefined;
        await this.#update();
        return this.#postSource();
      case "showSource":
        return this.#narration.source?.uri === undefined ? undefined : files.show(this.#narration.source.uri, line);
      case "transcribe":
        return this.#transcribe();
      case "chooseModel":
        // The page is answered while a person chooses.
        return void this.#ports.chooseModel().then(() => this.recheck());
      case "undo":
        return this.#undo("last");
      case "undoAll":
        return this.#undo("all");
      case "startOver":
        return this.#startOver();
      case "manageTrust":
        return this.#ports.manageTrust();
      case "stop":
        return this.#creation.stop();
      case "stopTranscribing":
        return this.#hearing.stop();
      case "showProgress":
      case "openStory":
      case "openScript":
      case "openFolder":
        return this.#creation.perform(action);
    }
  }

  /** Sends the recording where the page said that it would go. */
  async #transcribe(): Promise<void> {
    await this.#update();
    if (!this.#ports.isTrusted()) return;
    const isStillTold = await this.#hearing.isStillTold();
    if (isStillTold) void this.#hear().catch((error: unknown) => this.#ports.onBug(error));
    this.#postSource();
    await this.#check();
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
      if (heard) return this.#setSource(heard);
      await this.#update();
      this.#postSource();
    });
  }

  async #stopTranscribing(): Promise<void> {
    this.#hearing.stop();
    await this.#enqueue(() => this.#postSource());
  }

  async #startOver(): Promise<void> {
    await this.#ports.drafts.clear();
    this.#form = newForm();
    this.#narration = new Narration();
    this.#creation.forget();
    this.#revision++;
    await this.#show(undefined);
  }

  async #create(direct: boolean): Promise<void> {
    if (this.#creation.isBusy) return;
    await this.#update();
    const checks = await this.#checks();
    this.#ports.post({ type: "checks", checks });
    const wrong = FIELDS.find((field) => checks.problems[field]?.severity === "error");
    if (!checks.canCreate) return this.#ports.post({ type: "focus", field: wrong ?? "source" });
    const story = storyOf(this.#form, this.#narration, { ...checks, maker: await this.#ports.loadMaker() });
    const { images, script } = this.#form;
    // The run goes on while the page is asked and answered.
    if (await this.#creation.create(this.#folder!, story)) {
      await this.#ports.drafts.clear();
      if (direct) void this.#creation.direct({ images, script });
    }
  }

  get #sound(): ShownSound | undefined {
    return this.#hearing.shown(this.#ports.isTrusted());
  }

  #postSource(): void {
    const { shown } = this.#narration;
    const sound = this.#sound;
    this.#ports.post({ type: "source", source: shown && sound ? { ...shown, canShow: false, sound } : shown });
  }

  #postPlan(): void {
    this.#ports.post({ type: "plan", ...this.#narration.plan.shown });
  }
}
