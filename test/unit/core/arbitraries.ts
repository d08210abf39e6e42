import * as fc from "fast-check";
import type { AssetContent } from "../../../src/core/documents/assetDocument.ts";
import type { Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import { DRAFT_SECTIONS, RAW_SECTIONS, type SectionName, type SegmentWriting } from "../../../src/core/documents/segmentDocument.ts";
import type { TimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { isId } from "../../../src/core/ids.ts";

/** Names that may become files; hostile to objects and to YAML, but legal. */
const SPECIAL_IDS = ["constructor", "tostring", "valueof", "hasownproperty", "null", "true", "no", "0x1f", "1e5", "12345678", "1e234567", "segment_12b"];

export const ids = fc.oneof(fc.constantFrom(...SPECIAL_IDS), fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,14}$/).filter(isId));

export const tagNames = fc.oneof(ids, fc.tuple(ids, ids).map(([name, state]) => `${name}/${state}`));

export const hashes = fc.oneof(fc.constantFrom("12345678", "1e234567", "00000000"), fc.stringMatching(/^[0-9a-f]{8}$/));

/** Lines that a reader of Markdown or YAML could take for something else. */
const SPECIAL_LINES = [
  "# x",
  "#",
  "## TAGS",
  "## SCENE",
  "## State: old",
  "\\## x",
  "\\\\# y",
  "\\",
  "##no heading",
  "###### six",
  "```",
  "````prompt main",
  "```prompt",
  "~~~",
  "---",
  "...",
  "- @maria: a coat",
  "key: value",
  "",
  " ",
  "  ",
  "trailing  ",
  "\ttab",
  "größer, 東京, é, é, 😀",
  "a\u2028b\u0085c\u00a0",
  "%TAG",
  "&a *a !b | > ' \" [ { , # no comment",
];

const lines = fc.oneof(fc.constantFrom(...SPECIAL_LINES), fc.string({ unit: "grapheme", maxLength: 12 }).map((line) => line.replace(/[\r\n]/g, "")));

/** Any text with LF line ends. */
export const anyTexts = fc.array(lines, { maxLength: 6 }).map((all) => all.join("\n"));

/** What a section holds: no blank lines around it, and not empty. */
export const texts = anyTexts.map(withoutOuterBlankLines).filter((text) => text !== "");

export function withoutOuterBlankLines(text: string): string {
  const all = text.split("\n");
  const first = all.findIndex((line) => line.trim() !== "");
  return first < 0 ? "" : all.slice(first, all.findLastIndex((line) => line.trim() !== "") + 1).join("\n");
}

const SECTION_NAMES = [...RAW_SECTIONS, "DIRECTION", "NOTES"] as const;

const sections = fc
  .subarray<SectionName>([...SECTION_NAMES])
  .chain((names) => fc.tuple(...names.map((name) => texts.map((text) => [name, text] as const))))
  .map((entries) => new Map(entries));

const records = <T>(values: fc.Arbitrary<T>) => fc.dictionary(tagNames, values, { maxKeys: 3, noNullPrototype: true });

export const writings: fc.Arbitrary<SegmentWriting> = fc.record({
  id: ids,
  front: fc.record(
    {
      madeFor: fc.record({ narration: anyTexts, seconds: fc.integer({ min: 0, max: 60_000 }).map((ms) => ms / 1000) }),
      usedAssets: fc.uniqueArray(tagNames, { maxLength: 4 }),
      generated: fc.record({
        by: fc.string({ unit: "grapheme", maxLength: 10 }),
        from: fc.record({ scene: hashes, story: hashes, direction: hashes, assets: records(hashes) }, { requiredKeys: ["scene", "story", "assets"] }),
        text: fc.record({ tags: hashes, scene: hashes, camera: hashes, lighting: hashes, mood: hashes }, { requiredKeys: [] }),
      }),
      finals: fc.dictionary(ids, fc.record({ from: hashes, text: hashes }), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    },
    { requiredKeys: [] },
  ),
  sections,
  finalPrompts: fc.uniqueArray(fc.tuple(ids, anyTexts), { maxLength: 3, selector: ([output]) => output }).map((entries) => new Map(entries)),
});

export const draftSectionNames = fc.constantFrom(...DRAFT_SECTIONS);

const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }).map((text) => `x${text.replace(/[\r\n]/g, "")}x`);

export const assetContents: fc.Arbitrary<AssetContent> = fc.record({
  kind: fc.constantFrom("character", "location", "prop"),
  name: words,
  aliases: fc.array(words, { maxLength: 3 }),
  description: texts,
  states: fc.uniqueArray(fc.tuple(ids, texts), { maxLength: 3, selector: ([state]) => state }).map((entries) => new Map(entries)),
});

const scenes: fc.Arbitrary<Scene> = fc.record(
  {
    from: ids,
    place: tagNames,
    time: words,
    cast: fc.array(tagNames, { maxLength: 3 }),
    look: words,
    note: anyTexts,
    generated: fc.record({ by: words, from: hashes, text: hashes }),
  },
  { requiredKeys: ["from", "place", "time", "cast"] },
);

export const scenePlans = fc.uniqueArray(scenes, { maxLength: 4, selector: ({ from }) => from }).map((plan) => structuredClone(plan));

/** Maps in the order of time, to the millisecond. */
export const timingMaps: fc.Arbitrary<TimingMap> = fc
  .record(
    {
      format: fc.constant(1),
      basis: fc.constantFrom("aligned", "estimated"),
      voice: words,
      frameRate: fc.constantFrom(24, 25, 29.97),
      slices: fc.uniqueArray(fc.record({ id: ids, gapMs: fc.nat(500), lengthMs: fc.integer({ min: 1, max: 9000 }), narration: anyTexts }), {
        maxLength: 5,
        selector: ({ id }) => id,
      }),
    },
    { requiredKeys: ["format", "basis", "slices"] },
  )
  .map(({ slices, ...head }) => {
    let atMs = 0;
    const segments = slices.map(({ id, gapMs, lengthMs, narration }) => {
      const startMs = atMs + gapMs;
      atMs = startMs + lengthMs;
      return { id, start: startMs / 1000, end: atMs / 1000, narration };
    });
    return { ...head, segments };
  });
