import assert from "node:assert/strict";
import { parseStory } from "../../../../src/core/documents/storyDocument.ts";

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
