import { Uri, workspace, type ExtensionContext } from "vscode";
import * as z from "zod/mini";
import { editSchema, formSchema } from "./protocol.ts";
import type { Draft, DraftStore } from "./wizardPorts.ts";

const KEY = "newStory.draft";

const heardSchema = z.strictObject({ by: z.string(), format: z.string(), seconds: z.optional(z.number()) });

const draftSchema = z.strictObject({
  revision: z.int(),
  form: formSchema,
  edits: z.strictObject({ key: z.string(), edits: z.array(editSchema) }),
  source: z.optional(z.strictObject({ kind: z.enum(["file", "text"]), name: z.string(), uri: z.optional(z.string()), heard: z.optional(heardSchema) })),
});

/** Keeps the form with the workspace: closing its panel or the window loses nothing. */
export function createDraftStore({ workspaceState, storageUri, globalStorageUri }: ExtensionContext): DraftStore {
  const folder = storageUri ?? globalStorageUri;
  const file = Uri.joinPath(folder, "new-story-source");
  return {
    load: () => readDraft(workspaceState.get(KEY)),
    save: (draft) => void workspaceState.update(KEY, draft),
    loadBytes: async () => workspace.fs.readFile(file).then(undefined, () => undefined),
    async saveBytes(bytes) {
      await workspace.fs.createDirectory(folder);
      await workspace.fs.writeFile(file, bytes);
    },
    async clear() {
      await workspaceState.update(KEY, undefined);
      await workspace.fs.delete(file).then(undefined, () => undefined);
    },
  };
}

/** What another version kept is left alone. */
function readDraft(data: unknown): Draft | undefined {
  const { data: draft } = draftSchema.safeParse(data);
  return draft && { ...draft, source: draft.source };
}
