import { env, Range, Selection, TextEditorRevealType, Uri, window, workspace, type TextEditor } from "vscode";
import { segmentPath } from "../../core/storyFolder.ts";
import type { App } from "../app.ts";
import { announce, mayRun, runStory } from "./regenerateScript.ts";
import { segmentTarget } from "./targets.ts";

const KEEP = "Keep My Edits";
const OVERWRITE = "Overwrite";

/** Regenerate This Segment: also when it is up to date; asks where a person's words are at stake. */
export async function regenerateSegment(app: App, on: unknown): Promise<void> {
  const target = await segmentTarget(app, on);
  if (!target || !mayRun(app, target.story)) return;
  const { story, id } = target;
  await app.failures.guard(async () => {
    const { edited } = await story.segment(id);
    const choice = edited.length ? await askAboutEdits(id, edited) : KEEP;
    if (choice === undefined) return;
    void announce(app, story, await runStory(app, story, { segments: [id], overwriteEdits: choice === OVERWRITE }));
  }, story.folder);
}

async function askAboutEdits(id: string, edited: readonly string[]): Promise<string | undefined> {
  const detail = `Edited: ${edited.join(", ")}. "${OVERWRITE}" writes it anew and puts a copy of your words into .story-director/history. "${KEEP}" brings up to date only what nobody edited.`;
  return window.showWarningMessage(`${id} was edited by hand.`, { modal: true, detail }, KEEP, OVERWRITE);
}

export async function openSegment(app: App, on: unknown): Promise<void> {
  const target = await segmentTarget(app, on);
  if (!target) return;
  const uri = Uri.joinPath(target.story.folder, segmentPath(target.id));
  const exists = await workspace.fs.stat(uri).then(() => true, () => false);
  if (!exists) return void window.showInformationMessage(`${target.id} is not made yet.`);
  const editor = await window.showTextDocument(uri, { preview: true });
  showScene(editor);
}

/** The picture is what people come for; the front matter above it is the machine's. */
function showScene(editor: TextEditor): void {
  const offset = /^## SCENE\b/m.exec(editor.document.getText())?.index ?? 0;
  const position = editor.document.positionAt(offset);
  editor.selection = new Selection(position, position);
  editor.revealRange(new Range(position, position), TextEditorRevealType.AtTop);
}

/** Copies the final prompt; asks for which output where the story has several. */
export async function copyFinalPrompt(app: App, on: unknown): Promise<void> {
  const target = await segmentTarget(app, on);
  if (!target) return;
  await app.failures.guard(async () => {
    const { finalPrompts } = await target.story.segment(target.id);
    const outputs = [...finalPrompts.keys()];
    if (outputs.length === 0) return void window.showInformationMessage(`${target.id} has no final prompt yet.`);
    const output = outputs.length === 1 ? outputs[0] : await window.showQuickPick(outputs, { placeHolder: "For which output?" });
    if (output === undefined) return;
    await env.clipboard.writeText(finalPrompts.get(output)!);
    window.setStatusBarMessage(`Copied the final prompt of ${target.id} (${output})`, 4000);
  }, target.story.folder);
}
