import { commands, lm, QuickPickItemKind, type QuickPickItem } from "vscode";
import { describeFailure, isAbortError } from "../../core/errors.ts";
import type { DirectorChoice } from "../../compose.ts";
import type { Engine } from "../engine.ts";
import { modelItems, type ModelItem } from "./modelItems.ts";
import type { Models } from "./models.ts";
import { quickPick } from "./quickPick.ts";
import { nameItems, serverItems, type NameItem, type NameItemsOptions, type ServerItem } from "./serverItems.ts";

const TITLE = "Choose AI Model";
/** VS Code's own editor of language models; it is not in every build. */
export const MANAGE_MODELS = "workbench.action.chat.manage";

interface ModelRow extends QuickPickItem {
  readonly item: ModelItem;
}

/** The list of everything that can direct. What VS Code has is asked for while it is open, since extensions may have to start. */
export async function pickModel(models: Models): Promise<Exclude<ModelItem, { type: "separator" }> | undefined> {
  const current = models.settings;
  const picked = await quickPick<ModelRow>({
    title: TITLE,
    placeholder: "Who writes the director's script?",
    items: () => modelItems({ current, ...models.known }).map(toRow),
    isChoosable: ({ item }) => item.type !== "separator",
    isCurrent: ({ item }) => item.type === "choice" && item.isCurrent,
    load: async (refresh, signal) => {
      const canManage = (await commands.getCommands(true)).includes(MANAGE_MODELS);
      const find = async () => {
        // Where VS Code's own models are turned off, all others can still be chosen.
        const chats = await Promise.resolve(lm.selectChatModels({})).catch(() => []);
        models.known = { chats, canManage };
        refresh();
      };
      await find();
      if (signal.aborted) return;
      const changes = lm.onDidChangeChatModels(() => void find());
      signal.addEventListener("abort", () => changes.dispose(), { once: true });
    },
  });
  return picked === undefined || picked === "back" || picked.item.type === "separator" ? undefined : picked.item;
}

function toRow(item: ModelItem): ModelRow {
  switch (item.type) {
    case "separator":
      return { label: item.label, kind: QuickPickItemKind.Separator, item };
    case "choice":
      return { label: item.label, description: item.isCurrent ? `${item.description} · chosen` : item.description, item };
    case "step":
      return { label: item.label, description: item.description, item };
  }
}

/** A base URL: one that is known, or typed and checked while it is typed. */
export async function pickServer(engine: Engine, current: string): Promise<{ readonly baseUrl: string } | "back" | undefined> {
  const picked = await quickPick<ServerItem & QuickPickItem>({
    title: `${TITLE}: Server`,
    placeholder: "Type a base URL, such as https://models.example.org/v1, or choose one",
    items: (typed) => serverItems(typed, { engine, current }),
    isChoosable: ({ baseUrl }) => baseUrl !== undefined,
    isCurrent: ({ baseUrl }) => baseUrl === current,
    hasBack: true,
  });
  return typeof picked !== "object" ? picked : picked.baseUrl === undefined ? undefined : { baseUrl: picked.baseUrl };
}

export interface NamePick {
  readonly engine: Engine;
  /** What to ask for the list; its models do not matter. */
  readonly choice: DirectorChoice;
  readonly host: string;
  readonly current: string;
}

/** A model's name: from the server's list, where it keeps one, or typed. `no key` where the server wants another key first. */
export async function pickName({ engine, choice, host, current }: NamePick): Promise<{ readonly name: string } | "no key" | "back" | undefined> {
  let list: NameItemsOptions = { models: [] };
  let wantsKey = false;
  const picked = await quickPick<NameItem & QuickPickItem>({
    title: `${TITLE}: ${host}`,
    placeholder: "Choose a model, or type its name",
    items: (typed) => [...(wantsKey ? [{ label: "$(key) Set API key…", description: `${host} wants one`, alwaysShow: true, wantsKey }] : []), ...nameItems(typed, list)],
    isChoosable: (item) => item.name !== undefined || "wantsKey" in item,
    isCurrent: ({ name }) => name === current,
    load: async (refresh, signal) => {
      try {
        const { models = [] } = await engine.testModel(choice, signal);
        list = { models };
      } catch (error) {
        const { message, hint, isExpected } = describeFailure(error);
        if (!isExpected && !isAbortError(error)) throw error;
        wantsKey = (error as { fault?: unknown }).fault === "key refused";
        list = { models: [], trouble: { message, hint } };
      }
      refresh();
    },
    hasBack: true,
  });
  if (typeof picked !== "object") return picked;
  return picked.name === undefined ? "no key" : { name: picked.name };
}
