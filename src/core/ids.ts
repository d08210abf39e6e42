import * as z from "zod";

const ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

const RULE = "1 to 63 of a-z, 0-9, _ and -, starting with a letter or digit, and no device name such as con";

/**
 * Whether a name may become a file name. Every id that comes from a file or an AI passes here
 * before it is part of a path, so no id can leave its folder.
 */
export function isId(name: string): boolean {
  return ID.test(name) && !isDeviceName(name);
}

/** A device of Windows, in small letters: no file and no folder of that name can be made there, whatever its ending. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}

/** `maria` or `maria/old`: the name of an asset, and the state it is in. */
export function isTagName(tag: string): boolean {
  const parts = tag.split("/");
  return parts.length <= 2 && parts.every(isId);
}

export const idSchema = z.string().refine(isId, { error: `expected a name of ${RULE}` });

export const tagNameSchema = z
  .string()
  .refine(isTagName, { error: `expected a tag without @, such as maria or maria/old; each part is ${RULE}` });

const HASH_RULE = { error: "expected 8 hex digits, in quotes where they look like a number" };

export const hashSchema = z.string(HASH_RULE).regex(/^[0-9a-f]{8}$/, HASH_RULE);
