import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatSegment, parseSegment, type SegmentFile, type SegmentWriting } from "../../../../src/core/documents/segmentDocument.ts";
import { writings } from "../arbitraries.ts";

describe("a segment's document", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(writings, (writing) => {
        const file = read(formatSegment(writing), writing.id);
        assert.deepEqual(file.front, withoutAbsent(writing.front));
        assert.deepEqual(file.sections, writing.sections);
        assert.deepEqual(file.finalPrompts, writing.finalPrompts);
      }),
    );
  });

  it("keeps a line of one blank in a long narration", () => {
    const narration = "She lifts the trumpet, and waits for them.\n \nThen she plays.";
    const text = formatSegment({ id: "segment_1", front: { madeFor: { narration, seconds: 5 } }, sections: new Map(), finalPrompts: new Map() });
    assert.equal(parseSegment(text, "segment_1").value?.front.madeFor?.narration, narration);
  });

  it("writes the same bytes when it writes the same again", () => {
    fc.assert(
      fc.property(writings, (writing) => {
        const text = formatSegment(writing);
        assert.equal(formatSegment(writing, text), text);
      }),
    );
  });

  it("reads the same from a file with CRLF", () => {
    fc.assert(
      fc.property(writings, (writing) => {
        const text = formatSegment(writing);
        const { source: _, ...file } = read(text.replaceAll("\n", "\r\n"), writing.id);
        const { source: __, ...expected } = read(text, writing.id);
        assert.deepEqual(file, expected);
      }),
    );
  });

  it("keeps CRLF and the byte order mark through any change", () => {
    fc.assert(
      fc.property(writings, writings, (before, after) => {
        const text = `\uFEFF${formatSegment(before).replaceAll("\n", "\r\n")}`;
        const written = formatSegment({ ...after, id: before.id }, text);
        const hasFront = [before, after].some(({ front }) => Object.keys(front).length > 0);
        assert.ok(written.startsWith(hasFront ? "\uFEFF---\r\n" : `\uFEFF# ${before.id}\r\n`), written);
        assert.equal(written.replaceAll("\r\n", "").includes("\n"), false);
        assert.equal(written.includes("\r\r"), false);
      }),
    );
  });

  it("changes what it is told to and nothing else, whatever stood there", () => {
    fc.assert(
      fc.property(writings, writings, (before, after) => {
        const file = read(formatSegment({ ...after, id: before.id }, formatSegment(before)), before.id);
        assert.deepEqual(file.sections, new Map([...file.sections.keys()].map((name) => [name, after.sections.get(name) ?? before.sections.get(name)])));
        assert.equal(file.sections.size, new Set([...before.sections.keys(), ...after.sections.keys()]).size);
        assert.deepEqual(file.finalPrompts, new Map([...before.finalPrompts, ...after.finalPrompts]));
      }),
    );
  });

  it("keeps the sections in the order of the file", () => {
    fc.assert(
      fc.property(writings, writings, (before, after) => {
        const order = ["TAGS", "SCENE", "CAMERA", "LIGHTING", "MOOD", "SOUND", "TEXT", "AVOID", "DIRECTION", "NOTES"];
        const file = read(formatSegment({ ...after, id: before.id }, formatSegment(before)), before.id);
        assert.deepEqual([...file.sections.keys()], order.filter((name) => file.sections.has(name as never)));
      }),
    );
  });
});

describe("a segment's document that a person worked on", () => {
  it("is given back byte for byte where nothing changed", () => {
    for (const text of [PERSONAL, PERSONAL.trimEnd(), PERSONAL.replaceAll("\n", "\r\n"), `\uFEFF${PERSONAL}`, "## DIRECTION\nslow\n"]) {
      const { front, sections, finalPrompts } = read(text);
      assert.equal(formatSegment({ id: "segment_12", front, sections, finalPrompts }, text), text);
    }
  });

  it("keeps every line that is not of the changed section", () => {
    const written = write(PERSONAL, { sections: new Map([["CAMERA", "Wide."]]) });
    assert.equal(written, PERSONAL.replace("Close-up.\n## Ideas", "Wide.\n\n## Ideas").replace("## camera\n", "## camera\n\n"));
  });

  it("keeps unknown keys and comments of a front matter that changes", () => {
    const { front } = read(PERSONAL);
    const written = write(PERSONAL, {
      front: {
        ...front,
        madeFor: { narration: "New words.", seconds: 4 },
        usedAssets: ["maria"],
        generated: { ...front.generated!, from: { scene: "00000001", story: "00000002", assets: { maria: "00000003" } } },
        finals: { main: { from: "00000004", text: "00000005" } },
      },
    });
    for (const kept of ["# mine", "rating: 5 # of 5", "source: draft 3", "seed: 7", "model: x", "# who", "review: ok", "locked: false", "# the list"]) {
      assert.ok(written.includes(kept), `${kept} in\n${written}`);
    }
    assert.deepEqual(read(written).front.finals, { main: { from: "00000004", text: "00000005" }, gone: { from: "5e0c1b22", text: "8a3f7c10" } });
    assert.equal(read(written).front.generated?.from.direction, undefined);
    assert.equal(written.slice(written.indexOf("\n---")), PERSONAL.slice(PERSONAL.indexOf("\n---")));
  });

  it("keeps fences of other outputs, and all that stands between fences", () => {
    const written = write(PERSONAL, { finalPrompts: new Map([["main", "# New\n```\n"]]) });
    assert.equal(written, PERSONAL.replace("```prompt main\nOld.\n```", "````prompt main\n# New\n```\n\n````"));
    const added = write(PERSONAL, { finalPrompts: new Map([["tall", "T"]]) });
    assert.equal(added, PERSONAL.replace("words after\n\n", "words after\n\n```prompt tall\nT\n```\n\n"));
  });

  it("takes no heading inside a fence for a section", () => {
    assert.equal(read(PERSONAL).finalPrompts.get("gone"), "## SCENE\n\nkept");
    assert.deepEqual([...read(PERSONAL).sections.keys()], ["SCENE", "CAMERA", "NOTES"]);
  });

  it("puts a new section in its place, with blank lines around it", () => {
    const written = write(PERSONAL, { sections: new Map([["LIGHTING", "Dusk."], ["TAGS", "(none)"]]) });
    assert.equal(
      written,
      PERSONAL.replace("Intro\n", "Intro\n\n## TAGS\n\n(none)\n").replace("Close-up.\n## Ideas", "Close-up.\n\n## LIGHTING\n\nDusk.\n\n## Ideas"),
    );
  });

  it("gets a front matter where it has none", () => {
    const written = write("Slowly.\n\n## DIRECTION\n\nslow", { front: { usedAssets: [] } });
    assert.equal(written, "---\nusedAssets: []\n---\nSlowly.\n\n## DIRECTION\n\nslow\n");
  });

  it("ends in one line end after a change of its last section, CRLF or not", () => {
    const sections = new Map([["NOTES", "New."]] as const);
    assert.ok(write(PERSONAL, { sections }).endsWith("## NOTES\n\nNew.\n"));
    assert.ok(write(PERSONAL.replaceAll("\n", "\r\n"), { sections }).endsWith("## NOTES\r\n\r\nNew.\r\n"));
    const unended = "## MOOD\r\n\r\nold";
    assert.ok(write(unended, { sections }).endsWith("## MOOD\r\n\r\nold\r\n\r\n## NOTES\r\n\r\nNew.\r\n"));
  });
});

describe("a segment's document with a mistake", () => {
  const mistakes: [name: string, text: string, code: string, line: number][] = [
    ["an open front matter", "---\nlocked: true\n", "open-front-matter", 0],
    ["a doubled section", "## SCENE\n\na\n\n## scene\n\nb\n", "doubled-section", 4],
    ["an open fence", "## FINAL PROMPT\n\n```prompt main\na\n", "final-prompt", 2],
    ["a fence without a name", "## FINAL PROMPT\n```prompt\na\n```\n", "final-prompt", 1],
    ["a fence with a hostile name", "## FINAL PROMPT\n```prompt ../x\na\n```\n", "final-prompt", 1],
    ["two fences of one output", "## FINAL PROMPT\n```prompt main\na\n```\n```prompt main\nb\n```\n", "final-prompt", 4],
    ["a hash that YAML takes for a number", "---\nfinals:\n  main: { from: 12345678, text: 8a3f7c10 }\n---\n", "invalid-value", 2],
    ["a tag that is none", "---\nusedAssets:\n  - maria\n  - ../x\n---\n", "invalid-value", 3],
    ["a key that stands twice", "---\nlocked: true\nlocked: false\n---\n", "not-yaml", 2],
    ["a tab", "---\nmadeFor:\n\tseconds: 1\n---\n", "not-yaml", 2],
    ["a text with a colon", "---\nmadeFor:\n  narration: She said: no\n  seconds: 1\n---\n", "not-yaml", 2],
  ];
  for (const [name, text, code, line] of mistakes) {
    it(`is refused with the line: ${name}`, () => {
      const { value, problems } = parseSegment(text, "segment_12");
      assert.equal(value, undefined);
      const problem = problems.find((candidate) => candidate.code === code);
      assert.ok(problem, JSON.stringify(problems));
      assert.equal(problem.file, "segments/segment_12.md");
      assert.equal(problem.severity, "error");
      assert.equal(problem.range?.start.line, line);
    });
  }

  it("says how to write a hash that looks like a number", () => {
    const [problem] = parseSegment("---\nfinals: { main: { from: 12345678, text: 8a3f7c10 } }\n---\n", "a").problems;
    assert.match(problem!.message, /finals\.main\.from: expected 8 hex digits, in quotes/);
  });

  it("reports a mistake in its front matter once, however much of it is out of step", () => {
    const text = "---\ngenerated:\n  from: { scene: 4f2a91bc,\n story: x\nfinals:\n  main: { from: 5e0c1b22 }\nusedAssets: [a]\n---\n";
    assert.deepEqual(parseSegment(text, "a").problems.map(({ code }) => code), ["not-yaml"]);
  });

  it("reports each mistake of one file", () => {
    const { problems } = parseSegment("---\nlocked: yes please\n---\n## SCENE\n## SCENE\n## FINAL PROMPT\n```prompt main\n", "a");
    assert.deepEqual(problems.map(({ code }) => code), ["invalid-value", "doubled-section", "final-prompt"]);
  });
});

const PERSONAL = `---
# mine
rating: 5 # of 5
madeFor:
  narration: "Old words."
  seconds: 5
  source: draft 3
usedAssets: [maria,   trumpet] # the list
generated:
  by: offline # who
  from: { scene: 4f2a91bc, story: 91bc07aa, direction: 01de4f2a, assets: { maria: 77aa01de }, seed: 7 }
  text: { scene: 5e0c7781 }
finals:
  main: { from: 5e0c1b22, text: 8a3f7c10, model: x }
  gone: { from: 5e0c1b22, text: 8a3f7c10 }
review: ok
locked: false
---
# A title

Intro

## SCENE

She  waits.


## camera
Close-up.
## Ideas

Unknown, but mine.

## FINAL PROMPT

words before

\`\`\`prompt main
Old.
\`\`\`

\`\`\`prompt gone
## SCENE

kept
\`\`\`

\`\`\`text
## NOTES
\`\`\`
words after

## NOTES

Mine.
`;

function read(text: string, id = "segment_12"): SegmentFile {
  const { value, problems } = parseSegment(text, id);
  assert.deepEqual(problems, []);
  return value!;
}

function write(text: string, changes: Partial<SegmentWriting>): string {
  return formatSegment({ id: "segment_12", front: {}, sections: new Map(), finalPrompts: new Map(), ...changes }, text);
}

function withoutAbsent(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}
