import type { Checks, Field, Form, HostMessage, PageState, ShownSource } from "../../vscode/wizard/protocol.ts";
import { actionButton, button, element, say } from "./dom.ts";
import { createField, type FieldView } from "./field.ts";
import { keepState, tell } from "./host.ts";
import { MoreSection } from "./moreSection.ts";
import { Preview } from "./preview.ts";
import { RunCard } from "./runCard.ts";
import { SourceSection } from "./sourceSection.ts";

/** A longer text is kept by the host alone. */
const LONGEST_KEPT_TEXT = 200_000;

/** Typed narration is sent when the fingers rest. */
const TEXT_PAUSE_MS = 200;

/** The form: shows what the host says, and tells the host what a person does. */
export class Page {
  readonly #source = new SourceSection({ onText: (text) => this.#typeText(text), onOwnWords: (ownWords) => this.#typeOwnWords(ownWords), onChoice: (choice) => this.#decide(choice) });
  readonly #title = element("vscode-textfield", { class: "wide", attributes: { "data-name": "title" } });
  readonly #folder = element("vscode-textfield", { class: "wide", attributes: { "data-name": "folder" } });
  readonly #more = new MoreSection((change) => this.#decide(change));
  readonly #preview = new Preview();
  readonly #run = new RunCard();
  readonly #estimate = element("p", { class: "estimate", attributes: { role: "status" } });
  readonly #trust = element("div", { class: "trust", attributes: { hidden: "" } }, [
    element("p", { class: "message warning", text: "In Restricted Mode no story is made." }),
    actionButton("Manage Trust", "manageTrust"),
  ]);
  readonly #startOver = actionButton("Start Over", "startOver");
  readonly #views: readonly FieldView[];
  readonly #formRoot: HTMLElement;
  #form: Form | undefined;
  #checks: Checks | undefined;
  /** Whether times are made up from the length of the text. */
  #isEstimated = true;
  #revision = 0;
  #textTimer: ReturnType<typeof setTimeout> | undefined;
  /** What the host is told when the fingers rest. */
  #typed: (() => void) | undefined;
  /** An empty form does not scold: problems of a field are shown once it was touched, or Create was pressed. */
  readonly #touched = new Set<Field>();
  #showsAll = false;
  /** Where to scroll once the form is there. */
  #scrollTop = 0;
  maxBytes = Number.MAX_SAFE_INTEGER;

  constructor(root: HTMLElement) {
    this.#title.label = "Title";
    this.#folder.label = "Folder";
    this.#title.addEventListener("input", () => this.#decide({ title: this.#title.value }, "title"));
    this.#folder.addEventListener("input", () => this.#decide({ folder: this.#folder.value }, "folder"));
    const browse = actionButton("Browse…", "chooseFolder");
    this.#views = [
      this.#source.view,
      createField("title", { label: "Title", body: this.#title, controls: [this.#title] }),
      createField("folder", { label: "Folder", body: element("div", { class: "with-button" }, [this.#folder, browse]), controls: [this.#folder], help: "The story gets a folder of its own." }),
      ...this.#more.views,
    ];
    const basics = this.#views.slice(0, 3).map((view) => view.root);
    const create = button("Create", () => this.#create(false), { secondary: true, name: "create" });
    const createAndDirect = button("Create and Direct", () => this.#create(true), { name: "createAndDirect" });
    const footer = element("footer", {}, [this.#estimate, element("div", { class: "buttons" }, [this.#startOver, create, createAndDirect])]);
    this.#formRoot = element("div", { attributes: { hidden: "" } }, [...basics, this.#preview.root, this.#more.root, footer]);
    root.append(element("h1", { text: "New Story" }), this.#trust, this.#run.root, this.#formRoot);
    this.#more.root.addEventListener("toggle", () => this.#keep());
    document.addEventListener("scrollend", () => this.#keep());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !this.#formRoot.hidden) this.#create(true);
    });
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "show":
        return this.#show(message);
      case "source":
        return this.#showSource(message.source);
      case "checks":
        this.#checks = message.checks;
        return this.#showChecks();
      case "plan":
        this.#preview.show(message);
        return this.#scrollBack();
      case "splice":
        return this.#preview.splice(message);
      case "refused":
        return this.#refuse(message.message);
      case "focus":
        return this.#focus(message.field);
      case "run":
        return this.#showRun(message.run);
    }
  }

  /** Goes back to where the page was before it was hidden or loaded anew. */
  return({ scrollTop = 0, isMoreOpen = false }: PageState): void {
    this.#more.root.open = isMoreOpen;
    this.#scrollTop = scrollTop;
  }

  #show({ choices, revision, form, text, isTrusted }: Extract<HostMessage, { type: "show" }>): void {
    this.maxBytes = choices.maxBytes;
    this.#more.offer(choices);
    this.#trust.hidden = isTrusted;
    // What was typed since is on its way to the host.
    if (!this.#form || revision >= this.#revision) {
      this.#form = form;
      this.#revision = revision;
      if (this.#source.text.value !== text) this.#source.text.value = text;
    }
    this.#more.show(this.#form);
    this.#source.showForm(this.#form);
    this.#formRoot.hidden = false;
    this.#keep();
  }

  #scrollBack(): void {
    if (this.#scrollTop > 0) document.documentElement.scrollTop = this.#scrollTop;
    this.#scrollTop = 0;
  }

  #showSource(source: ShownSource | undefined): void {
    this.#source.show(source);
    if (source) this.#touched.add("source").add("title").add("folder");
    this.#isEstimated = source?.isEstimated ?? true;
    this.#showSpeed();
    this.#startOver.hidden = !source;
  }

  #showSpeed(): void {
    this.#more.showSpeed(this.#isEstimated || this.#checks?.problems.wordsPerMinute !== undefined);
  }

  #showChecks(): void {
    const { suggestions, problems, notes, estimate } = this.#checks!;
    const title = this.#form?.title ?? suggestions.title;
    const folder = this.#form?.folder ?? suggestions.folder;
    if (this.#title.value !== title) this.#title.value = title;
    if (this.#folder.value !== folder) this.#folder.value = folder;
    this.#more.suggest(suggestions);
    this.#showSpeed();
    for (const view of this.#views) {
      const isQuiet = !this.#showsAll && ["source", "title", "folder"].includes(view.field) && !this.#touched.has(view.field);
      view.say(isQuiet ? undefined : problems[view.field], notes[view.field]);
    }
    this.#preview.summarize(estimate.slice(0, 2).join(" · "));
    say(this.#estimate, estimate.length ? [estimate[0], ...estimate.slice(2)].join(" · ") : "");
  }

  #refuse(message: string): void {
    this.#preview.say(message);
    if (this.#preview.root.hidden) this.#source.view.say({ severity: "error", message }, undefined);
  }

  #focus(field: Field): void {
    this.#showsAll = true;
    this.#showChecks();
    const view = this.#views.find((candidate) => candidate.field === field)!;
    if (this.#more.views.includes(view)) this.#more.root.open = true;
    view.focus();
  }

  #showRun(run: Extract<HostMessage, { type: "run" }>["run"]): void {
    this.#run.show(run);
    this.#formRoot.hidden = run !== undefined && (run.hasStory || run.state === "creating");
    // What is made needs no form any more.
    if (run?.hasStory) keepState(undefined);
  }

  #decide(change: Partial<Form>, field?: Field): void {
    if (!this.#form) return;
    if (field) this.#touched.add(field);
    this.#form = { ...this.#form, ...change };
    this.#revision++;
    this.#more.show(this.#form);
    this.#keep();
    tell({ type: "form", revision: this.#revision, form: this.#form });
  }

  #typeText(text: string): void {
    this.#revision++;
    this.#keep();
    this.#tellLater(() => tell({ type: "text", revision: this.#revision, text }));
  }

  #typeOwnWords(ownWords: string): void {
    if (!this.#form) return;
    this.#form = { ...this.#form, ownWords };
    this.#revision++;
    this.#keep();
    this.#tellLater(() => tell({ type: "form", revision: this.#revision, form: this.#form! }));
  }

  #tellLater(typed: () => void): void {
    this.#typed = typed;
    clearTimeout(this.#textTimer);
    this.#textTimer = setTimeout(() => this.#tellTyped(), TEXT_PAUSE_MS);
  }

  #tellTyped(): void {
    clearTimeout(this.#textTimer);
    const typed = this.#typed;
    this.#typed = undefined;
    typed?.();
  }

  #create(direct: boolean): void {
    this.#tellTyped();
    tell({ type: "create", direct });
  }

  #keep(): void {
    if (!this.#form || this.#formRoot.hidden) return;
    const text = this.#source.text.value;
    keepState({
      revision: this.#revision,
      form: this.#form,
      ...(text.length <= LONGEST_KEPT_TEXT && { text }),
      scrollTop: document.documentElement.scrollTop,
      isMoreOpen: this.#more.root.open,
    });
  }
}
