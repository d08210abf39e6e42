import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isTagName } from "../../../src/core/ids.ts";
import { usedTags } from "../../../src/core/staleness.ts";
import { assetName, findTags, formatDefinitions, parseDefinitions, stateName, tagsIn } from "../../../src/core/tags.ts";
import { tagNames } from "./arbitraries.ts";
import { assetsOf } from "./storyBuilder.ts";

describe("tags in a text", () => {
  const texts: [text: string, tags: string[]][] = [
    ["@maria waits.", ["maria"]],
    ["(@maria), “@trumpet”; @old_square! @a-b: *@c*", ["maria", "trumpet", "old_square", "a-b", "c"]],
    ["@maria's coat, @maria’s hat", ["maria", "maria"]],
    ["@maria/old. @maria/old's", ["maria/old", "maria/old"]],
    ["@maria/old/sad", ["maria/old"]],
    ["@maria/@trumpet and @maria/ alone", ["maria", "trumpet", "maria"]],
    ["@maria—she; @maria…; @maria\u00a0waits", ["maria", "maria", "maria"]],
    ["me@maria.com, m.9@maria, é@maria, e\u0301@maria, _@maria, @@maria", []],
    ["a @ b, @, @ maria", []],
    ["@12 of @0x1f", ["12", "0x1f"]],
  ];
  for (const [text, tags] of texts) {
    it(`are found in: ${text}`, () => assert.deepEqual(findTags(text).map(({ tag }) => tag), tags));
  }

  it("have the places where they stand, in UTF-16 units", () => {
    const text = "😀 @maria/old, é @trumpet";
    assert.deepEqual(findTags(text).map(({ start, end }) => text.slice(start, end)), ["@maria/old", "@trumpet"]);
  });

  it("are matched exactly, so that a name that is none is seen as such", () => {
    const found = findTags("@Maria @maría @мария @मारिया @con @-x @maria/Old");
    assert.deepEqual(found.map(({ tag }) => tag), ["Maria", "maría", "мария", "मारिया", "con", "-x", "maria/Old"]);
    assert.ok(found.every(({ wellFormed }) => !wellFormed));
  });

  it("are well formed where they can name an asset", () => {
    fc.assert(fc.property(tagNames, (tag) => assert.deepEqual(findTags(`x @${tag}.`), [{ tag, start: 2, end: tag.length + 3, wellFormed: true }])));
  });

  it("come once each, by first mention", () => {
    assert.deepEqual(tagsIn("@b @a/x @b @a @a/x"), ["b", "a/x", "a"]);
  });
});

describe("a tag's parts", () => {
  it("are the asset and its state", () => {
    assert.deepEqual(["maria", "maria/old"].map((tag) => [assetName(tag), stateName(tag)]), [["maria", undefined], ["maria", "old"]]);
  });

  it("are two at most, each a legal name", () => {
    assert.deepEqual(["maria/old", "a/b/c", "maria/", "/old", "Maria", "maria/con"].filter(isTagName), ["maria/old"]);
  });
});

describe("the text of TAGS", () => {
  it("is read as it was written, each description on one line", () => {
    const descriptions = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.record({ tag: tagNames, description: descriptions })), (definitions) => {
        const read = parseDefinitions(formatDefinitions(definitions));
        assert.deepEqual(read.definitions, definitions.map(({ tag, description }) => ({ tag, description: description.replace(/\s+/g, " ").trim() })));
        assert.deepEqual(read.strayLines, []);
      }),
    );
  });

  it("says so where there is no tag", () => {
    assert.equal(formatDefinitions([]), "(none)");
    assert.deepEqual(parseDefinitions("(none)"), { definitions: [], strayLines: [] });
  });

  it("may be written by a person: any bullet, lines that go on, a state", () => {
    assert.deepEqual(parseDefinitions("* @maria/old: a coat,\n    navy: dark\n\n+  @horn:\n  brass\n- @tuba:   \n").definitions, [
      { tag: "maria/old", description: "a coat, navy: dark" },
      { tag: "horn", description: "brass" },
      { tag: "tuba", description: "" },
    ]);
  });

  it("names the lines that define nothing", () => {
    assert.deepEqual(parseDefinitions("  indented first\n- @maria: x\n- maria: y\nfree words\n- @horn brass\n- @horn:brass").strayLines, [0, 2, 3, 4, 5]);
  });
});

describe("the used tags", () => {
  const story = { assets: assetsOf("maria", "horn", "square") };

  it("are the draft's list, then every further known tag by first mention", () => {
    assert.deepEqual(usedTags(["horn", "ghost"], "@square @maria/old @nobody @maria @horn @square", story), ["horn", "ghost", "square", "maria/old", "maria"]);
  });

  it("hold no name twice, and none that is an object's own", () => {
    assert.deepEqual(usedTags(["horn", "horn"], "@constructor @tostring @hasownproperty", story), ["horn"]);
  });
});
