import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  appendState,
  formatAsset,
  hashAssetContent,
  isAssetTouched,
  parseAsset,
  type Asset,
  type AssetContent,
} from "../../../../src/core/documents/assetDocument.ts";
import { assetContents, ids, texts } from "../arbitraries.ts";

const OFFLINE = { by: "offline", late: false };

describe("an asset's document", () => {
  it("reads what it wrote, untouched", () => {
    fc.assert(
      fc.property(assetContents, fc.boolean(), (content, late) => {
        const asset = read(formatAsset(content, { by: "offline", late }));
        const { id: _, images, generated, late: isLate, ...read_ } = asset;
        assert.deepEqual(read_, trimmed(content));
        assert.deepEqual([images, generated?.by, isLate], [[], "offline", late]);
        assert.equal(isAssetTouched(asset), false);
      }),
    );
  });

  it("writes the same bytes when it writes the same again, CRLF and byte order mark or not", () => {
    fc.assert(
      fc.property(assetContents, (content) => {
        const text = formatAsset(content, OFFLINE);
        for (const previousText of [text, text.replaceAll("\n", "\r\n"), `\uFEFF${text}`, text.trimEnd()]) {
          const asset = read(previousText);
          assert.equal(formatAsset(asset, { ...OFFLINE, previousText }), previousText);
        }
      }),
    );
  });

  it("says the new content, whatever stood there", () => {
    fc.assert(
      fc.property(assetContents, assetContents, fc.boolean(), (before, after, isCrlf) => {
        const text = formatAsset(before, OFFLINE).replaceAll("\n", isCrlf ? "\r\n" : "\n");
        const written = formatAsset(after, { ...OFFLINE, previousText: text });
        const { name, description, states } = read(written);
        assert.deepEqual({ name, description, states: entries(states) }, { name: after.name.trim(), description: after.description, states: entries(after.states) });
        assert.equal(isAssetTouched(read(written)), false);
        assert.equal(written.replaceAll("\r\n", "").includes(isCrlf ? "\n" : "\r"), false);
      }),
    );
  });

  it("appends a state and leaves the rest byte for byte, touched or not", () => {
    fc.assert(
      fc.property(assetContents, fc.tuple(ids, texts), fc.boolean(), (content, [state, description], isCrlf) => {
        fc.pre(!content.states.has(state));
        const text = formatAsset(content, OFFLINE).replaceAll("\n", isCrlf ? "\r\n" : "\n");
        const touched = text.replace(/^name:.*$/m, (line) => `name: Someone else${line.endsWith("\r") ? "\r" : ""}`);
        for (const previous of [text, touched]) {
          const asset = read(previous);
          const written = appendState(previous, asset, [state, description]);
          assert.equal(read(written).states.get(state), description);
          assert.equal(isAssetTouched(read(written)), isAssetTouched(asset));
          const hash = hashAssetContent(read(written));
          const oldHash = asset.generated!.text;
          const back = previous === touched ? written : withHash(written, hash, withHashOf(previous, oldHash));
          assert.ok(back.startsWith(previous));
        }
      }),
    );
  });
});

describe("an asset's document that a person worked on", () => {
  it("is read in full", () => {
    const asset = read(PERSONAL);
    assert.equal(asset.description, "A woman of 40.\n\nA coat.");
    assert.deepEqual(entries(asset.states), [["old", "A woman of 62."], ["young", "A girl."]]);
    assert.deepEqual(asset.images, [{ file: "maria.png", role: "portrait" }, { file: "maria/old.png", state: "old" }]);
    assert.deepEqual(asset.aliases, ["Ms. Silva", "the trumpeter"]);
    assert.equal(isAssetTouched(asset), true);
  });

  it("keeps pictures, unknown keys, the title and unknown sections where they are when it is made again", () => {
    const states = new Map([["old", "New old."], ["young", "A girl."], ["dead", "Bones."]]);
    const written = formatAsset({ ...read(PERSONAL), description: "New.", states }, { ...OFFLINE, previousText: PERSONAL });
    const { generated } = read(written);
    assert.equal(generated?.text, "70036e65", "a hash that needs quotes");
    assert.equal(
      written,
      PERSONAL.replace("A woman of 40.\n\nA coat.\n", "New.\n")
        .replace("# Maria\n", "# Maria\n\n")
        .replace("A woman of 62.\n", "New old.\n\n")
        .replace("## state: old\n", "## state: old\n\n")
        .replace("A girl.\n", "A girl.\n\n## State: dead\n\nBones.\n")
        .replace("text: deadbeef", `text: "${generated.text}"`)
        .replace("late: true\n", ""),
    );
  });

  it("takes out a state that its content no longer has", () => {
    const written = formatAsset({ ...read(PERSONAL), states: new Map([["young", "A girl."]]) }, { ...OFFLINE, previousText: PERSONAL });
    assert.deepEqual([...read(written).states.keys()], ["young"]);
    assert.ok(written.includes("## Thoughts\n\nWhy?\n"));
  });

  it("follows its own hash only, even where the same digits stand elsewhere", () => {
    const content: AssetContent = { kind: "prop", name: "Horn", aliases: [], description: "Brass.", states: new Map() };
    const hash = hashAssetContent(content);
    const text = formatAsset(content, OFFLINE).replace("---\n", `---\n# ${hash}\nnote: ${hash}\n`);
    const written = appendState(text, read(text), ["dented", "Bent brass."]);
    const next = hashAssetContent(read(written));
    assert.equal(written, `${text.replace(`text: ${hash}`, `text: ${next}`)}\n## State: dented\n\nBent brass.\n`);
    assert.notEqual(next, hash);
  });

  it("is touched by every change of its words, and by no picture", () => {
    const content: AssetContent = { kind: "prop", name: "Horn", aliases: ["horn"], description: "Brass.", states: new Map([["old", "Bent."]]) };
    const text = formatAsset(content, OFFLINE);
    const touch = (from: string, to: string) => isAssetTouched(read(text.replace(from, to)));
    assert.equal(touch("kind: prop", "kind: location"), true);
    assert.equal(touch("name: Horn", "name: Horns"), true);
    assert.equal(touch("[ horn ]", "[ horn, tuba ]"), true);
    assert.equal(touch("Brass.", "Tin."), true);
    assert.equal(touch("Bent.", "Broken."), true);
    assert.equal(touch("## State: old", "## State: new"), true);
    assert.equal(touch("kind: prop", "kind: prop\nimages: [{ file: horn.png }]\nmine: 1"), false);
    assert.equal(touch("Brass.\n", "\n\nBrass.  \n\n\n"), false);
  });

  it("is touched where no machine wrote it", () => {
    assert.equal(isAssetTouched(read("---\nkind: prop\nname: Horn\n---\nBrass.\n")), true);
  });
});

describe("an asset's document with a mistake", () => {
  const front = "---\nkind: prop\nname: Horn\n---\n";
  const mistakes: [name: string, text: string, code: string, line: number][] = [
    ["no front matter", "Brass.\n", "invalid-value", 0],
    ["an unknown kind", "---\nname: Horn\nkind: thing\n---\nBrass.\n", "invalid-value", 2],
    ["a picture outside the folder", front.replace("name", "images:\n  - file: ../../etc/x.png\nname") + "Brass.\n", "invalid-value", 3],
    ["a picture on another drive", front.replace("name", "images:\n  - file: C:x.png\nname") + "Brass.\n", "invalid-value", 3],
    ["a state without a name", `${front}Brass.\n\n## State:\n\nx\n`, "asset-state", 6],
    ["a state whose name is no id", `${front}Brass.\n\n## State: Old Age\n\nx\n`, "asset-state", 6],
    ["a state that is described twice", `${front}Brass.\n## State: old\nx\n## State: old\ny\n`, "asset-state", 7],
    ["no description", front, "empty-description", 0],
    ["a state without a description", `${front}Brass.\n## State: old\n`, "empty-description", 0],
  ];
  for (const [name, text, code, line] of mistakes) {
    it(`is reported with the line: ${name}`, () => {
      const problem = parseAsset(text, "horn").problems.find((candidate) => candidate.code === code);
      assert.ok(problem, JSON.stringify(parseAsset(text, "horn").problems));
      assert.deepEqual([problem.file, problem.severity, problem.range?.start.line], ["assets/horn.md", "error", line]);
      if (code !== "invalid-value") assert.ok(problem.hint);
    });
  }

  it("needs no description of its own where its states have theirs", () => {
    assert.deepEqual(parseAsset(`${front}## State: old\nx\n`, "horn").problems, []);
  });
});

const PERSONAL = `---
kind: character   # of flesh
name: Maria
aliases: ["Ms. Silva", the trumpeter]
images:
  - { file: maria.png, role: portrait }
  - file: maria/old.png
    state: old
actor: nobody
generated: { by: offline, text: deadbeef }
late: true
---
# Maria
A woman of 40.

A coat.

## Thoughts

Why?

## state: old
A woman of 62.
## Sources

- a book

## State: young

A girl.

## More
end
`.replace("   # of", " # of").replace('["Ms. Silva", the trumpeter]', "[ Ms. Silva, the trumpeter ]");

function read(text: string, id = "maria"): Asset {
  const { value, problems } = parseAsset(text, id);
  assert.deepEqual(problems, []);
  return value!;
}

function entries(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function trimmed(content: AssetContent): AssetContent {
  return { ...content, name: content.name.trim(), aliases: content.aliases.map((alias) => alias.trim()) };
}

/** The line of the text that holds the hash. */
function withHashOf(text: string, hash: string): string {
  return text.split("\n").find((line) => line.startsWith("generated:") && line.includes(hash))!;
}

function withHash(text: string, hash: string, line: string): string {
  return text.replace(withHashOf(text, hash), () => line);
}
