// Half a megabyte of tables comes with any-ascii: what VS Code loads at once asks the engine instead.
import anyAscii from "any-ascii";
import { isId } from "./ids.ts";

/** `Señora Vargas` → `senora_vargas`; undefined where nothing is left that may stand in an id. */
export function slugOf(name: string): string | undefined {
  const slug = anyAscii(name.normalize("NFC"))
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return isId(slug) ? slug : undefined;
}

/** An id of the name that is not taken; a name that gives none gets the fallback, numbered where that is taken. */
export function freeId(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const base = slugOf(name) ?? fallback;
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(id)) return id;
  }
}
