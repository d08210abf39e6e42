import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatStory, parseStory, type StorySettings } from "../../../../src/core/documents/storyDocument.ts";
import { ids } from "../arbitraries.ts";

describe("story.yaml", () => {
  it("needs a format and a title, and has a default for the rest", () => {
    const { value } = parseStory("format: 1\ntitle: The Trumpet\n");
    assert.deepEqual(value, {
      readOnly: false,
      settings: {
        format: 1,
        title: "The Trumpet",
        language: "en",
        shotLength: { shortest: 2.5, ideal: 5, longest: 8 },
        outputs: { main: { profile: "general", aspectRatio: "16:9" } },
      },
    });
  });

  it("takes any legal name for an output, and never one of an object's own", () => {
    const { value, problems } = parseStory(
      'format: 1\ntitle: T\noutputs:\n  constructor: { profile: general, aspectRatio: "16:9" }\n  tall: { profile: veo-3.1, aspectRatio: "9:16" }\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(value!.settings.outputs), ["constructor", "tall"]);
    assert.equal(Object.hasOwn(parseStory("format: 1\ntitle: T\n").value!.settings.outputs, "constructor"), false);
  });

  it("reads a text with a byte order mark, and with CRLF", () => {
    const { value } = parseStory("\uFEFFformat: 1\r\ntitle: T\r\nlanguage: de\r\n");
    assert.deepEqual([value?.settings.title, value?.settings.language], ["T", "de"]);
  });

  const mistakes: [name: string, text: string, message: RegExp, line: number][] = [
    ["no title", "format: 1\n", /^title: /, 0],
    ["an empty title", 'format: 1\ntitle: " "\n', /^title: expected a title/, 1],
    ["a title with a colon", "format: 1\ntitle: The Trumpet: a story\n", /^not YAML: /, 1],
    ["a tab", "format: 1\noutputs:\n\tmain: {}\n", /^not YAML: /, 2],
    ["a key that stands twice", "format: 1\ntitle: a\ntitle: b\n", /^not YAML: .*unique/, 2],
    ["an aspect ratio that YAML takes for a number", "format: 1\ntitle: a\noutputs:\n  main: { profile: general, aspectRatio: 1.77 }\n", /^outputs\.main\.aspectRatio: /, 3],
    ["an output whose name is no id", 'format: 1\ntitle: a\noutputs:\n  Main Cut: { profile: general, aspectRatio: "16:9" }\n', /^outputs\.Main Cut: expected a name/, 3],
    ["no outputs at all", "format: 1\ntitle: a\noutputs: {}\n", /^outputs: expected at least one output/, 2],
    ["lengths out of order", "format: 1\ntitle: a\nshotLength: { shortest: 5, ideal: 3, longest: 8 }\n", /^shotLength: expected shortest <= ideal/, 2],
    ["two documents", "format: 1\n---\nformat: 1\n", /^not YAML: /, 1],
    ["a list", "- format\n", /expected object/, 0],
  ];
  for (const [name, text, message, line] of mistakes) {
    it(`is refused with the line: ${name}`, () => {
      const { value, problems } = parseStory(text);
      assert.equal(value, undefined);
      const problem = problems.find((candidate) => message.test(candidate.message));
      assert.ok(problem, JSON.stringify(problems));
      assert.deepEqual([problem.file, problem.severity, problem.range?.start.line], ["story.yaml", "error", line]);
    });
  }

  it("survives a bomb of aliases, with a hint", () => {
    const levels = Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(", ")}]`);
    const [problem] = parseStory(`a0: &a0 lol\n${levels.join("\n")}\n`).problems;
    assert.deepEqual([problem?.code, problem?.range?.start.line, Boolean(problem?.hint)], ["not-yaml", 0, true]);
  });

  it("can be read only where a newer version wrote it", () => {
    const newer = parseStory("format: 2\ntitle: T\n");
    assert.equal(newer.value?.readOnly, true);
    assert.deepEqual(newer.problems.map(({ severity, code, range, hint }) => [severity, code, range?.start.line, Boolean(hint)]), [["warning", "newer-format", 0, true]]);
  });

  it("says so before all else where it cannot even be read", () => {
    const { problems } = parseStory("format: 2\ntitle: [a]\n");
    assert.deepEqual(problems.map(({ code }) => code), ["newer-format", "invalid-value"]);
  });
});

describe("settings that are written", () => {
  const lengths = fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { minLength: 3, maxLength: 3 }).map((all) => all.sort((a, b) => a - b).map((tenth) => tenth / 10));
  const settings: fc.Arbitrary<StorySettings> = fc.record({
    format: fc.constant(1),
    title: fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => `x${text.replace(/[\r\n]/g, "")}x`),
    language: fc.constantFrom("en", "de", "zh-Hans", "no"),
    shotLength: lengths.map(([shortest, ideal, longest]) => ({ shortest: shortest!, ideal: ideal!, longest: longest! })),
    outputs: fc.dictionary(ids, fc.record({ profile: fc.constantFrom("general", "veo-3.1"), aspectRatio: fc.constantFrom("16:9", "1:1") }), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  }).map((all) => structuredClone(all));

  it("are read as they were", () => {
    fc.assert(fc.property(settings, (wanted) => assert.deepEqual(read(formatStory(wanted)), wanted)));
  });

  it("say the new, whatever stood there, and keep CRLF and the byte order mark", () => {
    fc.assert(
      fc.property(settings, settings, (before, after) => {
        const text = `\uFEFF${formatStory(before).replaceAll("\n", "\r\n")}`;
        const written = formatStory(after, text);
        assert.deepEqual(read(written), after);
        assert.ok(written.startsWith("\uFEFF"));
        assert.equal(written.replaceAll("\r\n", "").includes("\n"), false);
        assert.equal(formatStory(after, written), written);
      }),
    );
  });

  it("keep comments, unknown keys and what did not change", () => {
    const shotLength = { shortest: 2, ideal: 4, longest: 6 };
    const outputs = { main: { profile: "veo-3.1", aspectRatio: "16:9" }, tall: { profile: "kling-3", aspectRatio: "9:16" } };
    assert.equal(
      formatStory({ ...read(PERSONAL), title: "New: one", shotLength, outputs }, PERSONAL),
      PERSONAL.replace("title: The Trumpet", 'title: "New: one"')
        .replace("profile: general", "profile: veo-3.1")
        .replace("  old: { profile: general, aspectRatio: 1:1 }\n", '  tall: { profile: kling-3, aspectRatio: "9:16" }\nshotLength: { shortest: 2, ideal: 4, longest: 6 }\n'),
    );
  });

  it("do not write down what has its default", () => {
    const text = "format: 1\ntitle: T\n";
    assert.equal(formatStory(read(text), text), text);
    assert.equal(formatStory({ ...read(text), language: "de" }, text), `${text}language: de\n`);
  });

  it("keep the bytes of a text that says the same", () => {
    for (const text of [PERSONAL, PERSONAL.trimEnd(), PERSONAL.replaceAll("\n", "\r\n")]) assert.equal(formatStory(read(text), text), text);
  });

  it("quote an aspect ratio, which other readers take for a time", () => {
    assert.match(formatStory(read("format: 1\ntitle: T\n")), /aspectRatio: "16:9"/);
  });

  it("take out an output whose name looks like a number", () => {
    const text = 'format: 1\ntitle: T\noutputs:\n  12: { profile: general, aspectRatio: "1:1" }\n  main: { profile: general, aspectRatio: "1:1" }\n';
    const { main } = read(text).outputs;
    assert.deepEqual(read(formatStory({ ...read(text), outputs: { main: main! } }, text)).outputs, { main });
  });
});

const PERSONAL = `# mine
format: 1
title: The Trumpet # or not
author: me
outputs:
  main: { profile: general, aspectRatio: "16:9", note: x } # the one
  old: { profile: general, aspectRatio: 1:1 }
`;

function read(text: string): StorySettings {
  const { value, problems } = parseStory(text);
  assert.deepEqual(problems, []);
  return value!.settings;
}
