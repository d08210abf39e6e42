import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { ModelRequest } from "../../../../src/pipeline/ports.ts";

/** Compares with `golden/<name>.md`. UPDATE_GOLDEN=1 writes the file instead; read it before you keep it. */
export function assertGolden(name: string, text: string): void {
  const url = new URL(`golden/${name}.md`, import.meta.url);
  const wanted = `${text}\n`;
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(url, wanted);
  assert.equal(wanted, readFileSync(url, "utf8").replaceAll("\r\n", "\n"));
}

/** The words of a request, as they are sent. */
export function requestText({ context, instruction }: ModelRequest): string {
  return `${context}\n\n${"=".repeat(40)}\n\n${instruction}`;
}
