import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Problem } from "../../../../src/core/problem.ts";
import { readTranscript } from "../../../../src/import/read/readTranscript.ts";
import type { Cue, Transcript } from "../../../../src/import/transcript.ts";

export const PACE = { wordsPerMinute: 150 };

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** The transcript of a text, which has to be readable. */
export function read(text: string | object, name = "voice"): Transcript {
  const bytes = bytesOf(typeof text === "string" ? text : JSON.stringify(text, undefined, 1));
  const { transcript, problems } = readTranscript({ name, bytes }, PACE);
  assert.ok(transcript, problems.map(({ message }) => message).join("\n"));
  return transcript;
}

/** The errors of a text that must not be readable. */
export function refuse(text: string | object | Uint8Array, name = "voice"): readonly Problem[] {
  const bytes = text instanceof Uint8Array ? text : bytesOf(typeof text === "string" ? text : JSON.stringify(text, undefined, 1));
  const { transcript, problems } = readTranscript({ name, bytes }, PACE);
  assert.equal(transcript, undefined);
  const errors = problems.filter(({ severity }) => severity === "error");
  assert.ok(errors.length > 0);
  for (const error of errors) assert.ok(error.hint && error.message && error.file === name, JSON.stringify(error));
  return errors;
}

/** `[start, end, text]`. */
export function brief({ cues }: Transcript): (readonly [number, number, string])[] {
  return cues.map(({ start, end, text }) => [start, end, text] as const);
}

/** `code:line`, the line from 1. */
export function codes(problems: readonly Problem[]): string[] {
  return problems.map(({ code, range }) => (range ? `${code}:${range.start.line + 1}` : code));
}

export function spokenWords(cues: readonly Cue[]): string[] {
  return cues.flatMap(({ text }) => lettersAndDigits(text));
}

export function lettersAndDigits(text: string): string[] {
  return text.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}]/gu, "")).filter(Boolean);
}

/** What holds for every transcript, whatever it was read from. */
export function checkTranscript({ cues, findings }: Transcript): void {
  assert.ok(cues.length > 0);
  for (const [index, cue] of cues.entries()) {
    assert.ok(Number.isFinite(cue.start) && Number.isFinite(cue.end) && cue.start >= 0 && cue.start < cue.end, `cue ${index}: ${cue.start} to ${cue.end}`);
    assert.ok(index === 0 || cues[index - 1]!.end <= cue.start, `cue ${index} overlaps`);
    assert.ok(cue.text !== "" && cue.text === cue.text.trim() && !cue.text.includes("\n"), `cue ${index}: ${JSON.stringify(cue.text)}`);
    checkWords(cue);
  }
  assert.ok(findings.every(({ severity }) => severity === "warning"));
}

function checkWords({ text, start, end, words }: Cue): void {
  if (!words) return;
  assert.equal(words.map((word) => word.text).join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
  let from = start;
  for (const word of words) {
    assert.ok(word.start >= from && word.end >= word.start && word.end <= end, `${text}: ${JSON.stringify(word)}`);
    from = word.start;
  }
}
