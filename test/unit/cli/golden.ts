import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

/** Compares with `golden/<name>.txt`. UPDATE_GOLDEN=1 writes the file instead; read it before you keep it. */
export function assertGolden(name: string, lines: readonly string[]): void {
  const url = new URL(`golden/${name}.txt`, import.meta.url);
  const text = `${lines.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(url, text);
  assert.equal(text, readFileSync(url, "utf8").replaceAll("\r\n", "\n"));
}
