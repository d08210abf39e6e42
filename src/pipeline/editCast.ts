import { applyCastEdit, type DocumentChange } from "../core/cast/castEdit.ts";
import { CastError, planCastEdit, type CastCommand } from "../core/cast/castCommands.ts";
import { StoryDirectorError } from "../core/errors.ts";
import { imageTypeOf } from "../core/imageType.ts";
import type { StoryStore } from "./ports.ts";
import { readForRun, type StoryForRun } from "./readStory.ts";

/**
 * Does what a person's command says to the cast, in every document of the story; call it while the
 * story is locked. Each step leaves a story that can be used, so one that was cut off is done again
 * by the same command, or finished by a merge.
 * @returns the paths that were changed
 * @throws {StoryDirectorError} where it cannot be done, or a document changed meanwhile
 */
export async function editCast(command: CastCommand, store: StoryStore): Promise<string[]> {
  return applyCommand(command, await readForRun(store, undefined), store);
}

async function applyCommand(command: CastCommand, { story, texts }: StoryForRun, store: StoryStore): Promise<string[]> {
  const changes = applyCastEdit(story, texts, planCastEdit(story, command));
  for (const [index, change] of changes.entries()) {
    if ((await apply(change, store)) === "saved") continue;
    const hint = "Save or close the file where you edit it, then give the same command again.";
    throw new StoryDirectorError(`${change.path} changed in the meantime; ${index} of ${changes.length} files were written`, { hint });
  }
  return changes.map(({ path }) => path);
}

/** A picture that a person chose for an asset, or for one of its states. */
export interface PictureRequest {
  readonly id: string;
  readonly state?: string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Puts the picture beside the asset and names it there, in place of the one that was named; that
 * one's file stays. Call it while the story is locked.
 * @returns the paths that were changed
 * @throws {StoryDirectorError} where the bytes are no picture, or the asset or state is not there
 */
export async function replacePicture({ id, state, bytes }: PictureRequest, store: StoryStore): Promise<string[]> {
  const type = imageTypeOf(bytes);
  if (!type) throw new CastError("This is no picture that image models take", { hint: "Choose a PNG, JPEG or WebP file." });
  const read = await readForRun(store, undefined);
  const asset = read.story.assets.get(id);
  const tag = state === undefined ? id : `${id}/${state}`;
  if (state === undefined ? !asset : !asset?.states.has(state)) {
    throw new CastError(`There is no asset @${tag}`, { hint: "Describe it first; then give it a picture." });
  }
  const file = await store.saveImage(tag, { bytes, type });
  return applyCommand({ do: "picture", id, image: state === undefined ? { file } : { file, state } }, read, store);
}

function apply({ path, text, previousText }: DocumentChange, store: StoryStore): ReturnType<StoryStore["saveDocument"]> {
  return text === undefined ? store.removeDocument(path, previousText ?? "") : store.saveDocument(path, text, previousText);
}
