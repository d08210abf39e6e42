import { EventEmitter, workspace, type Disposable, type Event, type SecretStorage } from "vscode";
import type { LoadEngine } from "../engine.ts";
import { findTextModel } from "./chatModels.ts";
import { chooseDirector, type ChosenDirector } from "./chosenDirector.ts";
import { isKeyName, Keys } from "./keys.ts";
import type { KnownChats } from "./modelItems.ts";
import { MODEL_SECTION, parseModelSettings, type ModelSettings } from "./modelSettings.ts";
import { modelSettings } from "./userSettings.ts";

/** Which model directs in this window, and the keys. A run takes the choice as it is when it begins. */
export class Models implements Disposable {
  readonly loadEngine: LoadEngine;
  readonly keys: Keys;
  /** What VS Code had when it was asked last: the list need not grow under a person's fingers. */
  known: KnownChats = { chats: [], canManage: false };
  readonly #changed = new EventEmitter<void>();
  readonly #listening: readonly Disposable[];

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(loadEngine: LoadEngine, secrets: SecretStorage) {
    this.loadEngine = loadEngine;
    this.keys = new Keys({ secrets, environment: process.env, onChange: () => this.#changed.fire() });
    this.#listening = [
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(MODEL_SECTION)) this.#changed.fire();
      }),
      // In this window or in another one.
      secrets.onDidChange(({ key }) => isKeyName(key) && this.#changed.fire()),
    ];
  }

  /** The person's settings; where they cannot be read, as if nothing were set. */
  get settings(): ModelSettings {
    try {
      return modelSettings();
    } catch {
      return parseModelSettings({});
    }
  }

  /** @throws {StoryDirectorError} where the settings are wrong, or a key or a model is missing */
  async choose(): Promise<ChosenDirector> {
    const engine = await this.loadEngine();
    return chooseDirector(modelSettings(), { engine, keys: this.keys, findTextModel });
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    this.#changed.dispose();
  }
}
