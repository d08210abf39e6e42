import { CancellationTokenSource, LanguageModelChatMessage, lm, type CancellationToken, type LanguageModelChat } from "vscode";
import type { TextModel } from "../../pipeline/ports.ts";

const JUSTIFICATION = "Story Director asks it to write the director's script of your story.";

/** The name that a person's settings hold: ids are unique for a vendor only. */
export function nameOf({ vendor, id }: Pick<LanguageModelChat, "vendor" | "id">): string {
  return `${vendor}/${id}`;
}

/** A language model that VS Code has now. @param name `vendor/id` */
export async function findTextModel(name: string): Promise<TextModel | undefined> {
  const slash = name.indexOf("/");
  if (slash < 1) return undefined;
  const [chat] = await lm.selectChatModels({ vendor: name.slice(0, slash), id: name.slice(slash + 1) });
  return chat && toTextModel(chat);
}

/** VS Code asks for consent at the first request, which a person must have caused. */
function toTextModel(chat: LanguageModelChat): TextModel {
  return {
    // It goes into the story's files, so it must look like a name.
    name: `vscode/${nameOf(chat)}`.replace(/[^\w.:/@+-]+/g, "-").slice(0, 120),
    label: `${chat.name} (${chat.vendor})`,
    vendor: `vscode:${chat.vendor}`,
    maxInputTokens: chat.maxInputTokens > 0 ? chat.maxInputTokens : undefined,
    async countTokens(text, signal) {
      const { token, end } = tokenOf(signal);
      try {
        return await chat.countTokens(text, token);
      } finally {
        end();
      }
    },
    async *write(prompt, signal) {
      const { token, end } = tokenOf(signal);
      try {
        const response = await chat.sendRequest([LanguageModelChatMessage.User(prompt)], { justification: JUSTIFICATION }, token);
        yield* response.text;
      } finally {
        end();
      }
    },
  };
}

/** VS Code's own kind of signal. */
function tokenOf(signal: AbortSignal): { readonly token: CancellationToken; readonly end: () => void } {
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  const end = () => {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  };
  return { token: source.token, end };
}
