import type { LanguageModelChat } from "vscode";
import { DEFAULT_MODELS } from "../../core/defaultModels.ts";
import type { ModelSettings } from "./modelSettings.ts";

export type ChatInfo = Pick<LanguageModelChat, "name" | "vendor" | "family" | "id" | "maxInputTokens">;

/** A further list to choose from. */
export type ModelStep = "openai" | "server" | "manage";

/** A line of Choose AI Model. */
export type ModelItem =
  | { readonly type: "separator"; readonly label: string }
  | { readonly type: "choice"; readonly label: string; readonly description: string; readonly settings: Partial<ModelSettings>; readonly isCurrent: boolean }
  | { readonly type: "step"; readonly label: string; readonly description: string; readonly step: ModelStep };

/** The language models that VS Code has. */
export interface KnownChats {
  readonly chats: readonly ChatInfo[];
  /** Whether VS Code has a place of its own to add language models. */
  readonly canManage: boolean;
}

export interface ModelItemsOptions extends KnownChats {
  readonly current: ModelSettings;
}

/** Everything that can direct, in groups: offline, OpenAI, what VS Code has, and any server. */
export function modelItems({ current, chats, canManage }: ModelItemsOptions): ModelItem[] {
  return [...offlineItems(current), ...openAiItems(current), ...chatItems(current, chats), ...manageItems(chats, canManage), ...serverItems(current)];
}

function offlineItems(current: ModelSettings): ModelItem[] {
  return [
    {
      type: "choice",
      label: "Offline",
      description: "by rules: no account, no network",
      settings: { provider: "offline", director: "", optimizer: "" },
      isCurrent: current.provider === "offline",
    },
  ];
}

function openAiItems(current: ModelSettings): ModelItem[] {
  const { provider, director, optimizer } = current;
  const isOpenAi = provider === "openai";
  const usesDefaults = director === "" && optimizer === "";
  const standard: ModelItem = {
    type: "choice",
    label: DEFAULT_MODELS.director,
    description: `the default; ${DEFAULT_MODELS.optimizer} compiles final prompts`,
    settings: { provider: "openai", director: "", optimizer: "" },
    isCurrent: isOpenAi && usesDefaults,
  };
  const own: ModelItem = { type: "choice", label: director || DEFAULT_MODELS.director, description: ownWords(optimizer), settings: { provider }, isCurrent: true };
  return [
    { type: "separator", label: "OpenAI, with your API key" },
    standard,
    ...(isOpenAi && !usesDefaults ? [own] : []),
    { type: "step", label: "Other OpenAI model…", description: "from the list of your account", step: "openai" },
  ];
}

function ownWords(optimizer: string): string {
  return optimizer === "" ? "as set" : `as set; ${optimizer} compiles final prompts`;
}

function chatItems(current: ModelSettings, chats: readonly ChatInfo[]): ModelItem[] {
  const vendors = [...new Set(chats.map(({ vendor }) => vendor))];
  return vendors.flatMap((vendor): ModelItem[] => [
    { type: "separator", label: `VS Code: ${vendor}` },
    ...chats.filter((chat) => chat.vendor === vendor).map((chat) => chatItem(current, chat)),
  ]);
}

function chatItem(current: ModelSettings, { name, vendor, family, id, maxInputTokens }: ChatInfo): ModelItem {
  const director = `${vendor}/${id}`;
  const isCurrent = current.provider === "vscode" && current.director === director;
  const description = [family, ...(maxInputTokens > 0 ? [`${formatTokens(maxInputTokens)} tokens`] : [])].join(" · ");
  // What was set beside it stays only where the model does.
  const optimizer = isCurrent ? current.optimizer : "";
  return { type: "choice", label: name, description, settings: { provider: "vscode", director, optimizer }, isCurrent };
}

function manageItems(chats: readonly ChatInfo[], canManage: boolean): ModelItem[] {
  if (!canManage) return [];
  const separator: ModelItem[] = chats.length ? [] : [{ type: "separator", label: "VS Code" }];
  const description = chats.length ? "in VS Code" : "none is there yet";
  return [...separator, { type: "step", label: "Manage language models of VS Code…", description, step: "manage" }];
}

function serverItems({ provider, director, optimizer, baseUrl }: ModelSettings): ModelItem[] {
  const own: ModelItem = { type: "choice", label: director, description: hostOf(baseUrl), settings: { provider, director, optimizer, baseUrl }, isCurrent: true };
  return [
    { type: "separator", label: "OpenAI-compatible server" },
    ...(provider === "compatible" && director !== "" ? [own] : []),
    { type: "step", label: "Other OpenAI-compatible server…", description: "Ollama, LM Studio, or any base URL", step: "server" },
  ];
}

/** `128K`, `1.05M` */
export function formatTokens(count: number): string {
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(2))}M`;
  return count >= 1000 ? `${Math.round(count / 1000)}K` : String(count);
}

/** The current choice in a few words, for the title of a view. */
export function shortChoice({ provider, director, baseUrl }: ModelSettings): string {
  switch (provider) {
    case "offline":
      return "Offline";
    case "openai":
      return director || DEFAULT_MODELS.director;
    case "compatible":
      return `${director || "no model"} at ${hostOf(baseUrl)}`;
    case "vscode":
      return director || "no model";
  }
}

/** Never what somebody put before an @. */
function hostOf(baseUrl: string): string {
  const full = baseUrl.includes("://") ? baseUrl : `http://${baseUrl}`;
  return URL.canParse(full) ? new URL(full).host : "no server";
}
