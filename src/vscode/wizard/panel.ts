import { commands, Uri, ViewColumn, window, workspace, type Disposable, type Webview, type WebviewPanel } from "vscode";
import type { App } from "../app.ts";
import type { LoadEngine } from "../engine.ts";
import { COMMANDS, PANELS } from "../ids.ts";
import { findEar } from "../models/ears.ts";
import { modelSettings } from "../models/userSettings.ts";
import { imageSettings } from "../settings.ts";
import { createDraftStore } from "./draftStore.ts";
import { createFolders } from "./folders.ts";
import { pageHtml } from "./page.ts";
import { readPageMessage, type HostMessage } from "./protocol.ts";
import { createSourceFiles } from "./sourceFiles.ts";
import { createStoryActions } from "./storyActions.ts";
import { Wizard } from "./wizard.ts";

const ESTIMATE_PAUSE_MS = 300;

/** The new-story form: one panel for a window, which comes back after a reload. */
export class NewStoryPanel implements Disposable {
  readonly #app: App;
  readonly #loadEngine: LoadEngine;
  readonly #serializer: Disposable;
  #open: { readonly panel: WebviewPanel; readonly wizard: Wizard } | undefined;

  constructor(app: App, loadEngine: LoadEngine) {
    this.#app = app;
    this.#loadEngine = loadEngine;
    // What the page kept comes with its first message.
    this.#serializer = window.registerWebviewPanelSerializer(PANELS.newStory, {
      deserializeWebviewPanel: (panel: WebviewPanel) => Promise.resolve(this.#fill(panel)),
    });
  }

  /** Shows the form, and starts it from a file where one is given. */
  async show(file?: Uri): Promise<void> {
    if (this.#open) {
      this.#open.panel.reveal();
      await this.#open.wizard.begin();
    } else this.#fill(window.createWebviewPanel(PANELS.newStory, "New Story", ViewColumn.Active));
    if (file) await this.#open!.wizard.open(file.toString());
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  #fill(panel: WebviewPanel): void {
    const { context } = this.#app;
    const page = Uri.joinPath(context.extensionUri, "dist", "webview");
    const media = Uri.joinPath(context.extensionUri, "media");
    panel.iconPath = { light: Uri.joinPath(media, "new-story-light.svg"), dark: Uri.joinPath(media, "new-story-dark.svg") };
    panel.webview.options = { enableScripts: true, localResourceRoots: [page, media] };
    const wizard = this.#wizardFor(panel);
    void wizard.restore();
    const listeners = [
      panel.webview.onDidReceiveMessage((data: unknown) => this.#receive(data, wizard)),
      workspace.onDidGrantWorkspaceTrust(() => void wizard.recheck()),
      this.#app.models.onDidChange(() => void wizard.recheck()),
      workspace.onDidChangeWorkspaceFolders(() => void wizard.recheck()),
    ];
    panel.onDidDispose(() => {
      for (const listener of listeners) listener.dispose();
      wizard.dispose();
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    this.#open?.panel.dispose();
    this.#open = { panel, wizard };
    panel.webview.html = pageHtml(panel.webview, page);
  }

  #receive(data: unknown, wizard: Wizard): void {
    const message = readPageMessage(data);
    if (message) void wizard.receive(message);
    else this.#app.log.warn("The new-story form sent a message that it should not know.");
  }

  #wizardFor(panel: WebviewPanel): Wizard {
    const { context, failures, models, log } = this.#app;
    // A panel that was closed while its form is worked on gives no more addresses, and throws when asked.
    const { webview } = panel;
    const images = webview.asWebviewUri(Uri.joinPath(context.extensionUri, "media", "looks", "LOOK.svg")).toString();
    return new Wizard({
      loadMaker: this.#loadEngine,
      // A hidden page is told everything when it comes back, and a closed one needs nothing.
      post: (message) => void post(webview, message),
      drafts: createDraftStore(context),
      folders: createFolders(),
      files: createSourceFiles(),
      stories: createStoryActions({ app: this.#app, loadEngine: this.#loadEngine, isInView: () => this.#open?.panel === panel && panel.visible }),
      findEar: async (sound) => findEar(sound, { settings: modelSettings(), choose: () => models.choose(), engine: await this.#loadEngine(), log }),
      chooseModel: async () => void (await commands.executeCommand(COMMANDS.chooseModel)),
      imageOf: (look) => images.replace("LOOK", look),
      drawsImages: () => imageSettings().enabled,
      isTrusted: () => workspace.isTrusted,
      manageTrust: () => void commands.executeCommand("workbench.trust.manage"),
      estimatePauseMs: ESTIMATE_PAUSE_MS,
      onBug: (error) => void failures.show(error, undefined),
    });
  }
}

async function post(webview: Webview, message: HostMessage): Promise<void> {
  try {
    await webview.postMessage(message);
  } catch {
    // The panel was closed in the meantime.
  }
}
