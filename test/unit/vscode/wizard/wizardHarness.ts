import type { FolderState } from "../../../../src/vscode/wizard/checks.ts";
import type { HostMessage, PageMessage } from "../../../../src/vscode/wizard/protocol.ts";
import { readHostMessage } from "../../../../src/vscode/wizard/protocol.ts";
import { Wizard } from "../../../../src/vscode/wizard/wizard.ts";
import type { Ear, UnheardSound } from "../../../../src/vscode/models/ears.ts";
import type { Draft, RunProgress, Source } from "../../../../src/vscode/wizard/wizardPorts.ts";
import { FakeStoryMaker } from "../../../support/fakeStoryMaker.ts";

type MessageOf<Type extends HostMessage["type"]> = Extract<HostMessage, { type: Type }>;

interface OpenForm {
  readonly wizard: Wizard;
  /** All that the page was told. */
  readonly posted: HostMessage[];
  /** What the page was told last of that kind. */
  readonly last: <Type extends HostMessage["type"]>(type: Type) => MessageOf<Type>;
  readonly send: (...messages: PageMessage[]) => Promise<void>;
}

/** A window as the form sees it: what outlives a panel, and what is on disk. */
export class FakeWindow {
  readonly maker = new FakeStoryMaker();
  readonly files = new Map<string, string | Uint8Array>();
  /** Folders that are there, by path below the window's own. */
  readonly folders = new Map<string, FolderState>();
  readonly asked: string[] = [];
  readonly bugs: unknown[] = [];
  draft: Draft | undefined;
  bytes: Uint8Array | undefined;
  hasFolder = true;
  isTrusted = true;
  picked: string | undefined;
  /** Who transcribes; asked for anew each time. */
  findEar: (sound: UnheardSound) => Promise<Ear> = () => Promise.reject(new Error("nobody is to be asked"));
  /** What a person does where a model is to be chosen. */
  chooseModel: () => void | Promise<void> = () => undefined;
  /** Whether there is room for what was typed or dropped. */
  hasRoom = true;
  /** How often costs were estimated. */
  estimates = 0;
  run: (onProgress: (progress: RunProgress) => void, signal: AbortSignal) => Promise<string> = () => Promise.resolve("Done.");
  #control = new AbortController();

  /** Opens the form as a panel of its own. */
  open(): OpenForm {
    const posted: HostMessage[] = [];
    const wizard = new Wizard({
      loadMaker: () => Promise.resolve(this.maker),
      post: (message) => {
        // What the page would not know is a fault of the host.
        if (!readHostMessage(JSON.parse(JSON.stringify(message)))) throw new Error(`no message of the protocol: ${JSON.stringify(message)}`);
        posted.push(message);
      },
      drafts: {
        load: () => this.draft,
        save: (draft) => (this.draft = draft),
        loadBytes: () => Promise.resolve(this.bytes),
        saveBytes: (bytes) => (this.hasRoom ? Promise.resolve().then(() => void (this.bytes = bytes)) : Promise.reject(new Error("no room"))),
        clear: () => ((this.draft = this.bytes = undefined), Promise.resolve()),
      },
      folders: {
        hasBase: this.hasFolder,
        look: (text) => Promise.resolve(text.trim() ? { path: `/stories/${text}`, state: this.folders.get(text) ?? (this.hasFolder || text.startsWith("/") ? "free" : "nowhere"), isInWindow: true } : undefined),
        pick: (name) => (this.asked.push(name), Promise.resolve(this.picked)),
      },
      files: {
        pick: () => Promise.resolve(this.picked),
        read: (uri) => this.#read(uri),
        show: (uri, line) => (this.asked.push(`${uri}:${line}`), Promise.resolve()),
      },
      stories: {
        estimate: ({ outputs }) => (this.estimates++, Promise.resolve(`about ${Object.keys(outputs).length} dollars`)),
        create: (path, story) => this.maker.createStory(path, story),
        direct: (path, { images, script, onProgress }) => {
          this.asked.push(`direct ${path} ${images}${script === undefined ? "" : ` ${script}`}`);
          return this.run(onProgress, this.#control.signal);
        },
        stop: () => this.#control.abort(),
        perform: (action, path) => (this.asked.push(`${action} ${path}`), Promise.resolve()),
      },
      findEar: (sound) => this.findEar(sound),
      chooseModel: () => Promise.resolve(this.chooseModel()),
      estimatePauseMs: 0,
      imageOf: (look) => `https://page/${look}.svg`,
      drawsImages: () => true,
      isTrusted: () => this.isTrusted,
      manageTrust: () => this.asked.push("trust"),
      onBug: (error) => this.bugs.push(error),
    });
    return {
      wizard,
      posted,
      last: <Type extends HostMessage["type"]>(type: Type) => posted.findLast((message): message is MessageOf<Type> => message.type === type)!,
      send: async (...messages) => {
        for (const message of messages) await wizard.receive(message);
      },
    };
  }

  #read(uri: string): Promise<Source> {
    const content = this.files.get(uri);
    if (content === undefined) return Promise.reject(Object.assign(new Error("it is not there any more."), { problems: [] }));
    return Promise.resolve({ kind: "file", name: uri.split("/").at(-1)!, uri, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content });
  }
}
