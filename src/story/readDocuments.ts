import type { Dirent } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../core/errors.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import type { Problem } from "../core/problem.ts";
import { kindOf, storyPaths } from "../core/storyFolder.ts";
import { codeOf, unlessMissing, type Files } from "./files.ts";
import { resolveInside } from "./insideFolder.ts";
import { reasonOf } from "./storageError.ts";
import { decodeText } from "./textBytes.ts";

/** More at a time make nothing faster on a local disk; on a network drive they hide the way there and back. */
const PARALLEL_READS = 32;

/** The folders of documents, in the order in which they are read. */
export const ALL_FOLDERS = [storyPaths.assets, storyPaths.segments] as const;

/** Without the segment files: a story of thousands is told by the rest. */
export const OUTLINE_FOLDERS = [storyPaths.assets] as const;

interface FoundFile {
  /** Inside the story folder. */
  readonly path: string;
  readonly entry: Dirent;
}

/**
 * The documents of the story: the six of its own folder first, then those of the folders inside it
 * that are asked for, each by name. What cannot be read is a problem and no text.
 * @throws {StorageError} There is no such folder, or it cannot be listed.
 */
export async function readDocuments(folder: string, folders: readonly string[], files: Files): Promise<{ texts: StoryTexts; problems: Problem[] }> {
  const documents = (await listStoryFolder(folder, files)).filter(({ name }) => kindOf(name));
  const found: FoundFile[] = documents.map((entry) => ({ path: entry.name, entry }));
  const problems: Problem[] = [];
  for (const name of folders) {
    try {
      const entries = (await listFolder(folder, name, files)).filter(isDocumentName);
      found.push(...entries.map((entry) => ({ path: `${name}/${entry.name}`, entry })));
    } catch (error) {
      problems.push(unreadable(name, error));
    }
  }
  const texts = new Map<string, string>();
  const results = await mapSideBySide(found, (file) => readDocument(folder, file, files));
  results.forEach((result, index) => {
    if (typeof result === "string") texts.set(found[index]!.path, result);
    else if (result) problems.push(result);
  });
  return { texts, problems };
}

async function listStoryFolder(folder: string, files: Files): Promise<Dirent[]> {
  try {
    return byName(await files.readdir(folder));
  } catch (error) {
    const { what, hint } = reasonOf(error);
    if (codeOf(error) !== "ENOENT") throw new StorageError(`${folder} could not be read: ${what}`, { hint, cause: error });
    throw new StorageError(`There is no folder ${folder}`, { hint: "Name the folder that holds the story.", cause: error });
  }
}

/** The entries of a folder inside the story, by name; none where there is no such folder. */
export async function listFolder(folder: string, path: string, files: Files): Promise<Dirent[]> {
  const real = await resolveInside(folder, path, files);
  return byName((real !== undefined && (await unlessMissing(files.readdir(real)))) || []);
}

function byName(entries: readonly Dirent[]): Dirent[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names that cannot be ids are read too: the reader of the story then says so. */
function isDocumentName({ name }: Dirent): boolean {
  return !name.startsWith(".") && name.toLowerCase().endsWith(".md");
}

/** Undefined for a file that went away since it was listed. */
async function readDocument(folder: string, { path, entry }: FoundFile, files: Files): Promise<string | Problem | undefined> {
  try {
    const full = await realFile(folder, { path, entry }, files);
    if (typeof full !== "string") return full;
    const bytes = await unlessMissing(files.readFile(full));
    const text = bytes && decodeText(bytes);
    if (text === undefined || typeof text === "string") return text;
    const { message, hint, line } = text;
    const range = line === undefined ? undefined : { start: { line, character: 0 }, end: { line, character: 0 } };
    return { severity: "error", code: "not-utf8", message, hint, file: path, range };
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Links are followed to where they lead; the usual case needs no further call to the disk. */
async function realFile(folder: string, { path, entry }: FoundFile, files: Files): Promise<string | Problem | undefined> {
  if (entry.isFile()) return join(entry.parentPath, entry.name);
  const real = entry.isSymbolicLink() ? await resolveInside(folder, path, files) : undefined;
  if (real !== undefined && (await files.stat(real)).isFile()) return real;
  const hint = "Rename it, or put the document itself there.";
  return { severity: "error", code: "unreadable-file", message: "this is no file", hint, file: path };
}

function unreadable(file: string, error: unknown): Problem {
  if (error instanceof StorageError) return { severity: "error", code: "outside-story", message: error.message, hint: error.hint, file };
  const { what, hint } = reasonOf(error);
  return { severity: "error", code: "unreadable-file", message: `it cannot be read: ${what}`, hint, file };
}

/** The results in the order of the items. */
async function mapSideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_READS, items.length) }, worker));
  return results;
}
