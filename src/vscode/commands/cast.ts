import { Position, ProgressLocation, Range, Uri, window, workspace } from "vscode";
import type { CastCommand } from "../../core/cast/castCommands.ts";
import { usesOf } from "../../core/cast/castCommands.ts";
import type { Asset } from "../../core/documents/assetDocument.ts";
import { readMarkdown, textStart } from "../../core/documents/markdown.ts";
import { isId } from "../../core/ids.ts";
import { assetPath } from "../../core/storyFolder.ts";
import { plural } from "../../core/words.ts";
import type { App } from "../app.ts";
import type { StoryHandle } from "../stories.ts";
import { savedFirst } from "../unsaved.ts";
import { mayRun } from "./regenerateScript.ts";
import { assetTarget, type AssetTarget } from "./targets.ts";

/** Rename Asset…: a name for people, then the tag; every text follows, and nothing becomes stale by it. */
export async function renameAsset(app: App, on: unknown): Promise<void> {
  const target = await editable(app, on);
  if (!target) return;
  const { asset, assets } = target;
  const name = await window.showInputBox({
    title: `Rename @${asset.id} (1/2)`,
    prompt: "The name, as the narration says it. The old one stays known as an alias.",
    value: asset.name,
    validateInput: (text) => (text.trim() ? undefined : "A name has at least one letter."),
  });
  if (name === undefined) return;
  const newId = await window.showInputBox({
    title: `Rename @${asset.id} (2/2)`,
    prompt: "The tag that stands for it in every prompt, without the @.",
    value: name.trim() === asset.name ? asset.id : await target.story.tagFor(name, asset.id),
    validateInput: (text) => tagProblem(text, asset.id, assets),
  });
  if (newId === undefined) return;
  await change(app, target.story, { do: "rename", id: asset.id, newId, name: name.trim() });
}

/** Edit Description: the asset's file, at the words that say what a camera sees. */
export async function editDescription(app: App, on: unknown): Promise<void> {
  const target = await assetTarget(app, on);
  if (!target) return;
  const path = assetPath(target.asset.id);
  const document = await workspace.openTextDocument(Uri.joinPath(target.story.folder, path));
  const start = new Position(textStart(readMarkdown(document.getText(), path).preface), 0);
  await window.showTextDocument(document, { selection: new Range(start, start) });
}

/** Merge Into…: for one thing that was found twice. */
export async function mergeAsset(app: App, on: unknown): Promise<void> {
  const target = await editable(app, on);
  if (!target) return;
  const { asset, assets, story } = target;
  const items = [...assets.values()]
    .filter(({ id, kind }) => id !== asset.id && kind === asset.kind)
    .map((other) => ({ label: `@${other.id}`, description: other.name, detail: other.description, id: other.id }));
  if (items.length === 0) return void window.showInformationMessage(`There is no other ${asset.kind} to merge @${asset.id} into.`);
  const into = await window.showQuickPick(items, { title: `Merge @${asset.id}`, placeHolder: "Into which one? Its description stays.", matchOnDescription: true, matchOnDetail: true });
  if (into) await change(app, story, { do: "merge", id: asset.id, into: into.id });
}

const DELETE = "Delete";

/** Delete Asset…: its tags become its name in plain words. */
export async function deleteAsset(app: App, on: unknown): Promise<void> {
  const target = await editable(app, on);
  if (!target) return;
  const { asset, story } = target;
  await app.failures.guard(async () => {
    const { segments, scenes } = usesOf(await story.read(), asset.id);
    const used = [segments.length ? plural(segments.length, "segment") : "", scenes.length ? plural(scenes.length, "scene") : ""].filter(Boolean).join(" and ");
    const detail = `${used ? `It is used in ${used}; there its tag becomes “${asset.name}”.` : "Nothing uses it."} A copy of its file goes to .story-director/history.`;
    if ((await window.showWarningMessage(`Delete @${asset.id}?`, { modal: true, detail }, DELETE)) !== DELETE) return;
    await change(app, story, { do: "delete", id: asset.id });
  }, story.folder);
}

/** Add State…: how somebody or something looks at another time, such as @maria/old. */
export async function addState(app: App, on: unknown): Promise<void> {
  const target = await editable(app, on);
  if (!target) return;
  const { asset, story } = target;
  const state = await window.showInputBox({
    title: `A state of @${asset.id} (1/2)`,
    prompt: `One word, such as old, wet or broken: @${asset.id}/old`,
    validateInput: (text) => (asset.states.has(text) ? `@${asset.id}/${text} is there already.` : isId(text) ? undefined : "Use a-z, 0-9, _ and -."),
  });
  if (state === undefined) return;
  const description = await window.showInputBox({
    title: `A state of @${asset.id} (2/2)`,
    prompt: `All that a camera would see of @${asset.id}/${state}: it stands instead of the description`,
    value: asset.description.replaceAll("\n", " "),
    validateInput: (text) => (text.trim() ? undefined : "Write what a camera would see."),
  });
  if (description === undefined) return;
  await change(app, story, { do: "describe", id: asset.id, state, description });
}

const PICTURES = { Pictures: ["png", "jpg", "jpeg", "webp"] };

/** Replace Picture…: a file of the person's own, for the asset or for one of its states. */
export async function replacePicture(app: App, on: unknown): Promise<void> {
  const target = await editable(app, on);
  if (!target) return;
  const [uri] = (await window.showOpenDialog({ title: `A picture of @${target.asset.id}`, filters: PICTURES, openLabel: "Use This Picture" })) ?? [];
  if (uri) await usePicture(app, target, uri);
}

/** A file that was dropped on an asset's row. */
export async function dropPicture(app: App, on: unknown, uri: Uri): Promise<void> {
  const target = await editable(app, on);
  if (target) await usePicture(app, target, uri);
}

async function usePicture(app: App, { asset, story }: AssetTarget, uri: Uri): Promise<void> {
  const state = await pickState(asset);
  if (state === undefined) return;
  await app.failures.guard(async () => {
    await story.replacePicture({ id: asset.id, bytes: await workspace.fs.readFile(uri), ...(state && { state }) });
    window.setStatusBarMessage(`$(check) @${state ? `${asset.id}/${state}` : asset.id} has a new picture`, 5000);
  }, story.folder);
}

/** "" for the asset itself; undefined where nothing was picked. */
async function pickState({ id, states }: Asset): Promise<string | undefined> {
  if (states.size === 0) return "";
  const items = [{ label: `@${id}`, state: "" }, ...[...states.keys()].map((state) => ({ label: `@${id}/${state}`, state }))];
  return (await window.showQuickPick(items, { placeHolder: "Whom does it show?" }))?.state;
}

/** An asset that may be changed now: the workspace is trusted, no run works on the story, nothing is unsaved. */
async function editable(app: App, on: unknown): Promise<AssetTarget | undefined> {
  const target = await assetTarget(app, on);
  if (!target || !mayRun(app, target.story)) return undefined;
  return (await savedFirst(target.story.folder)) ? assetTarget(app, on) : undefined;
}

async function change(app: App, story: StoryHandle, command: CastCommand): Promise<void> {
  await app.failures.guard(async () => {
    const title = `Changing @${command.id}…`;
    const paths = await window.withProgress({ location: ProgressLocation.Window, title }, () => story.editCast(command));
    window.setStatusBarMessage(`$(check) ${plural(paths.length, "file")} changed`, 5000);
    app.log.info(`${command.do} @${command.id}: ${plural(paths.length, "file")} changed`);
    const id = command.do === "rename" ? command.newId : command.do === "merge" ? command.into : command.id;
    if (command.do === "describe") await window.showTextDocument(Uri.joinPath(story.folder, assetPath(id)));
  }, story.folder);
}

function tagProblem(text: string, current: string, assets: ReadonlyMap<string, Asset>): string | undefined {
  if (!isId(text)) return "Use a-z, 0-9, _ and -, up to 63, starting with a letter or digit.";
  return text !== current && assets.has(text) ? `@${text} is there already: merge the two instead.` : undefined;
}
