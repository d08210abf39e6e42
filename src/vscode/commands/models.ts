import { commands, ProgressLocation, window } from "vscode";
import type { DirectorChoice } from "../../compose.ts";
import type { App } from "../app.ts";
import { COMMANDS } from "../ids.ts";
import { keyProblem, OPENAI_ORIGIN } from "../models/keys.ts";
import { shortChoice, type ModelStep } from "../models/modelItems.ts";
import type { ModelSettings } from "../models/modelSettings.ts";
import { MANAGE_MODELS, pickModel, pickName, pickServer } from "../models/pickModel.ts";
import { saveModelSettings } from "../models/userSettings.ts";

const TEST = "Test Connection";

/** Choose AI Model: from all that can direct. A run that is under way keeps its own. */
export async function chooseModel(app: App): Promise<void> {
  await app.failures.guard(async () => {
    for (;;) {
      const picked = await pickModel(app.models);
      if (!picked) return;
      const settings = picked.type === "choice" ? picked.settings : await takeStep(app, picked.step);
      if (settings === "back") continue;
      if (settings && (await hasKeyFor(app, settings))) await use(app, settings);
      return;
    }
  });
}

async function use(app: App, changes: Partial<ModelSettings>): Promise<void> {
  await saveModelSettings(changes);
  const { settings } = app.models;
  const { told, choice } = await app.models.choose();
  app.log.info(`Director: ${shortChoice(settings)}. ${told ?? "Nothing is sent anywhere."}`);
  // Without a button, so that it goes away by itself: the views go on saying it.
  if (choice.provider !== "offline") void window.showInformationMessage(`${shortChoice(settings)} directs from now on. ${told}`);
}

async function offerTest(message: string): Promise<void> {
  if ((await window.showInformationMessage(message, TEST)) === TEST) await commands.executeCommand(COMMANDS.testConnection);
}

function takeStep(app: App, step: ModelStep): Promise<Partial<ModelSettings> | "back" | undefined> {
  switch (step) {
    case "openai":
      return chooseOpenAi(app);
    case "server":
      return chooseServer(app);
    case "manage":
      return Promise.resolve(commands.executeCommand(MANAGE_MODELS)).then(() => undefined);
  }
}

async function chooseOpenAi(app: App): Promise<Partial<ModelSettings> | "back" | undefined> {
  if (!(await hasKeyFor(app, { provider: "openai" }))) return undefined;
  const picked = await chooseName(app, undefined);
  return typeof picked === "object" ? { provider: "openai", director: picked.name, optimizer: "" } : picked;
}

async function chooseServer(app: App): Promise<Partial<ModelSettings> | "back" | undefined> {
  const engine = await app.models.loadEngine();
  for (;;) {
    const server = await pickServer(engine, app.models.settings.baseUrl);
    if (typeof server !== "object") return server;
    const { baseUrl } = server;
    const picked = await chooseName(app, baseUrl);
    if (picked === "back") continue;
    return picked && { provider: "compatible", baseUrl, director: picked.name, optimizer: "" };
  }
}

/** @param baseUrl OpenAI's own where undefined */
async function chooseName(app: App, baseUrl: string | undefined): Promise<{ readonly name: string } | "back" | undefined> {
  const engine = await app.models.loadEngine();
  const address = engine.addressOf(baseUrl);
  for (;;) {
    const key = await app.models.keys.find(address.origin);
    const choice: DirectorChoice = { provider: baseUrl === undefined ? "openai" : "compatible", baseUrl: address.baseUrl, apiKey: key?.value };
    const picked = await pickName({ engine, choice, host: address.host, current: app.models.settings.director });
    if (picked !== "no key") return picked;
    if (!(await askForKey(app, address.origin))) return undefined;
  }
}

/** OpenAI always wants a key: it is asked for where there is none. */
async function hasKeyFor(app: App, { provider }: Partial<ModelSettings>): Promise<boolean> {
  if (provider !== "openai" || (await app.models.keys.find(OPENAI_ORIGIN))) return true;
  return askForKey(app, OPENAI_ORIGIN);
}

/** Set API Key: for the server that is chosen, or for the one that a person picks. */
export async function setApiKey(app: App): Promise<void> {
  await app.failures.guard(async () => {
    const origin = await originForKey(app);
    if (origin === undefined || !(await askForKey(app, origin))) return;
    void offerTest(`The API key for ${origin} is set.`);
  });
}

async function originForKey({ models }: App): Promise<string | undefined> {
  const engine = await models.loadEngine();
  const { provider, baseUrl } = models.settings;
  const server = baseUrl === "" ? undefined : engine.addressOf(baseUrl).origin;
  if (provider === "openai") return OPENAI_ORIGIN;
  if (provider === "compatible" && server !== undefined) return server;
  if (server === undefined || server === OPENAI_ORIGIN) return OPENAI_ORIGIN;
  return window.showQuickPick([OPENAI_ORIGIN, server], { title: "Set API Key", placeHolder: "For which server?" });
}

/** @returns whether a key was set */
async function askForKey(app: App, origin: string): Promise<boolean> {
  const typed = await window.showInputBox({
    title: `API Key for ${origin}`,
    prompt: "VS Code keeps it as a secret. It is sent to this address and to no other.",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? undefined : keyProblem(text)),
  });
  if (!typed?.trim()) return false;
  const where = await app.models.keys.set(origin, typed);
  app.log.info(`An API key was set for ${origin}.`);
  if (where === "session") void window.showWarningMessage("VS Code cannot keep secrets here, so the key lasts until this window closes. A variable of the environment lasts longer: OPENAI_API_KEY or STORY_DIRECTOR_API_KEY.");
  return true;
}

/** Clear API Key: of one server, which a person picks where there are several. */
export async function clearApiKey(app: App): Promise<void> {
  await app.failures.guard(async () => {
    const origins = await app.models.keys.origins();
    if (origins.length === 0) return void window.showInformationMessage("No API key is set.");
    const origin = await window.showQuickPick(origins, { title: "Clear API Key", placeHolder: "Whose key should be forgotten?" });
    if (origin === undefined) return;
    await app.models.keys.clear(origin);
    app.log.info(`The API key for ${origin} was cleared.`);
    const left = await app.models.keys.find(origin);
    const rest = left ? ` ${left.source} of the environment is used from now on.` : "";
    void window.showInformationMessage(`The API key for ${origin} was cleared.${rest}`);
  });
}

/** Test Connection: is the chosen model there, and does it take the key? */
export async function testConnection(app: App): Promise<void> {
  await app.failures.guard(async () => {
    const { choice, told } = await app.models.choose();
    if (choice.provider === "offline") return void window.showInformationMessage("The offline director needs no connection: nothing is sent anywhere.");
    const name = shortChoice(app.models.settings);
    const engine = await app.models.loadEngine();
    const { models, missing } = await window.withProgress({ location: ProgressLocation.Notification, title: `Testing ${name}…`, cancellable: true }, (_progress, token) => {
      const control = new AbortController();
      token.onCancellationRequested(() => control.abort());
      return engine.testModel(choice, control.signal);
    });
    app.log.info(`Test Connection: ${name} answers. ${told}`);
    if (missing.length) void window.showWarningMessage(`The server answers, but does not list ${missing.join(", ")}. It has ${models?.length ?? 0} models: run Choose AI Model.`);
    else void window.showInformationMessage(`${name} is ready. ${told}`);
  });
}
