import { OpenForm } from "./openForm.ts";
import type { Action, PageMessage } from "./protocol.ts";
import type { WizardPorts } from "./wizardPorts.ts";

/**
 * The new-story form behind its page. Knows neither VS Code nor the page; both are ports. What comes
 * in is worked on one after the other.
 */
export class Wizard {
  readonly #ports: WizardPorts;
  readonly #form: OpenForm;
  /** Revision of the form that came last; others before it may still be in the queue. */
  #latest = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(ports: WizardPorts) {
    this.#ports = ports;
    this.#form = new OpenForm(ports, (work) => this.#enqueue(work));
  }

  /** Takes up what was left of an earlier form. */
  restore(): Promise<void> {
    return this.#enqueue(() => this.#form.restore());
  }

  /** Resolves when the message has been worked on. */
  receive(message: PageMessage): Promise<void> {
    // Stopping must not wait behind what is to be stopped.
    if (message.type === "action" && message.action === "stop") return Promise.resolve(this.#form.stop());
    if (message.type === "action" && message.action === "stopTranscribing") {
      this.#form.stopTranscribing();
      return this.#enqueue(() => this.#form.postSource());
    }
    if (message.type === "form") this.#latest = message.revision;
    return this.#enqueue(() => this.#handle(message));
  }

  /** Starts from a file, as the explorer's menu does. */
  open(uri: string): Promise<void> {
    return this.#enqueue(() => this.#form.readFile(uri));
  }

  /** New Story… was called again. */
  begin(): Promise<void> {
    return this.#enqueue(() => this.#form.begin());
  }

  /** Trust, the folders of the window, or the model that directs changed. */
  recheck(): Promise<void> {
    return this.#enqueue(() => this.#form.recheck());
  }

  /** Its page is gone. */
  dispose(): void {
    this.#form.dispose();
  }

  #enqueue(work: () => Promise<void> | void): Promise<void> {
    const done = this.#queue.then(work).catch((error: unknown) => this.#ports.onBug(error));
    this.#queue = done;
    return done;
  }

  async #handle(message: PageMessage): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#form.show(message.state);
      case "form":
        // What was typed since is next in the queue: reading for it is enough.
        return this.#form.setForm(message.form, message.revision, { isNewest: message.revision >= this.#latest });
      case "text":
        return this.#form.setText(message.text, message.revision);
      case "file":
        return this.#form.setSource({ kind: "file", name: message.name, bytes: message.bytes });
      case "uris":
        if (message.uris[0] !== undefined) await this.#form.readFile(message.uris[0]);
        return;
      case "unread":
        return this.#form.fail(message.name, message.reason);
      case "edit":
        return this.#form.edit(message.edit);
      case "create":
        return this.#form.create(message.direct);
      case "action":
        return this.#act(message.action, message.line);
    }
  }

  async #act(action: Action, line: number | undefined): Promise<void> {
    const form = this.#form;
    switch (action) {
      case "chooseFile": {
        const uri = await this.#ports.files.pick();
        return uri === undefined ? undefined : form.readFile(uri);
      }
      case "chooseFolder":
        return form.chooseFolder();
      case "clearSource":
        return form.clearSource();
      case "showSource":
        return form.showSource(line);
      case "transcribe":
        return form.transcribe();
      case "chooseModel":
        // The page is answered while a person chooses.
        return void this.#ports.chooseModel().then(() => this.recheck(), this.#ports.onBug);
      case "undo":
        return form.undo("last");
      case "undoAll":
        return form.undo("all");
      case "startOver":
        return form.startOver();
      case "manageTrust":
        return this.#ports.manageTrust();
      case "stop":
        return form.stop();
      case "stopTranscribing":
        return form.stopTranscribing();
      case "showProgress":
      case "openStory":
      case "openScript":
      case "openFolder":
        return form.goOn(action);
    }
  }
}
