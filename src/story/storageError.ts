import { messageOf, StorageError } from "../core/errors.ts";
import { codeOf } from "./files.ts";

/** What was being done to the file, as the message says it. */
export type Action = "saved" | "read" | "copied to the history" | "set aside" | "locked" | "unlocked" | "made" | "removed" | "cleared";

interface Reason {
  /** Ends the sentence "segment_12.md could not be saved: …". */
  readonly what: string;
  readonly hint: string;
}

const FULL = "Free some space, then run again: what is saved stays saved.";
const RIGHTS = "Look at the rights of the file and its folder, and whether another program has it open; then run again.";
const MOVED = "Look whether the story folder was moved or deleted, or its drive taken away.";
const BROKEN = "Copy the story to another disk, then run again there.";

/** By Node's error codes, nodejs.org/api/errors.html#common-system-errors. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ["ENOSPC", { what: "the disk is full", hint: FULL }],
  ["EDQUOT", { what: "your share of the disk is used up", hint: FULL }],
  ["EFBIG", { what: "the disk takes no file of this size", hint: "Move the story to another disk." }],
  ["EROFS", { what: "the disk is read-only", hint: "Copy the story to a folder that can be written, then run again there." }],
  ["EACCES", { what: "permission is denied", hint: RIGHTS }],
  ["EPERM", { what: "permission is denied", hint: RIGHTS }],
  ["EBUSY", { what: "another program holds it", hint: "Close the program that has the file open, then run again." }],
  ["ENOENT", { what: "it, or its folder, is not there", hint: MOVED }],
  ["ENOTDIR", { what: "there is a file where a folder should be", hint: "Rename that file, then run again." }],
  ["EISDIR", { what: "there is a folder where a file should be", hint: "Rename that folder, then run again." }],
  ["EEXIST", { what: "something else stands there", hint: "Rename it, then run again." }],
  ["ELOOP", { what: "its links lead in a circle", hint: "Put the file itself there instead of a link." }],
  ["EIO", { what: "the disk reports a fault", hint: BROKEN }],
  ["EMFILE", { what: "too many files are open", hint: "Close other programs, then run again." }],
  ["ENFILE", { what: "too many files are open", hint: "Close other programs, then run again." }],
]);

/**
 * Does the work; an error of the system becomes a StorageError in words for people. What is no
 * error of the system is a bug, or made for people already, and passes as it is.
 * @param name Path inside the story folder.
 */
export async function explained<T>(name: string, action: Action, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === "") throw error;
    const { what, hint } = reasonOf(error);
    throw new StorageError(`${name} could not be ${action}: ${what}`, { hint, cause: error });
  }
}

/** What a failed call to the disk means; the code is kept for those who look it up. */
export function reasonOf(error: unknown): Reason {
  const code = codeOf(error);
  const known = REASONS.get(code);
  return known ? { ...known, what: `${known.what} (${code})` } : { what: messageOf(error), hint: RIGHTS };
}
