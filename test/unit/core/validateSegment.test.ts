import assert from "node:assert/strict";
import { formatSegment } from "../../../src/core/documents/segmentDocument.ts";
import { findProfile, type Output } from "../../../src/core/outputs.ts";
import type { Problem } from "../../../src/core/problem.ts";
import { rawSectionsOf } from "../../../src/core/staleness.ts";
import type { Story } from "../../../src/core/story.ts";
import { textProblems, toProductionSegment, validateFinal, validateRaw, type SegmentCandidate } from "../../../src/core/validateSegment.ts";
import { placeOf, unmark } from "./markers.ts";
import { emptyStory, readSegment, writingFor } from "./storyBuilder.ts";

const STORY = emptyStory();
const READABLE = { unreadable: new Map<string, readonly string[]>() };
const TAGS = "## TAGS\n\n- @maria: a woman\n- @horn: brass\n\n";

function candidateOf(text: string, usedAssets: readonly string[] = []): SegmentCandidate {
  const file = readSegment(text);
  return { id: file.id, sections: rawSectionsOf(file.sections), usedAssets, file };
}

/** The one problem of a text with `«…»` around its place. */
function problemAt(marked: string, story: Pick<Story, "assets"> = STORY): Problem {
  const { text, place } = unmark(marked);
  const problems = textProblems(candidateOf(text), story);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  assert.equal(placeOf(problems[0]!, text), place);
  assert.equal(problems[0]!.file, "segments/segment_1.md");
  assert.equal(problems[0]!.severity, "error");
  return problems[0]!;
}

describe("the validator of a raw prompt", () => {
  it("finds nothing in one that is whole", () => {
    assert.deepEqual(validateRaw(candidateOf(`${TAGS}## SCENE\n\n@maria lifts @horn.\n`, ["maria", "horn"]), STORY, READABLE), []);
    assert.deepEqual(textProblems(candidateOf("## TAGS\n\n(none)\n\n## SCENE\n\nNobody.\n"), STORY), []);
  });

  it("misses TAGS and SCENE", () => {
    const problems = textProblems(candidateOf("## TAGS\n\n## SCENE\n\n## MOOD\n\nx\n"), STORY);
    assert.deepEqual(problems.map(({ code, section, hint }) => [code, section, Boolean(hint)]), [["missing-section", "TAGS", true], ["missing-section", "SCENE", true]]);
  });

  it("points at a known tag that TAGS does not define", () => {
    const problem = problemAt(`${TAGS}## SCENE\n\n@maria waits.\nThen 😀 «@square».\n`);
    assert.deepEqual([problem.code, problem.section, problem.hint], ["undefined-tag", "SCENE", "Add a line - @square: … to TAGS."]);
  });

  it("points at an unknown tag in each section, with what was meant", () => {
    const rows: [section: string, tag: string, hint: RegExp][] = [
      ["SCENE", "@mria", /^Did you mean @maria\?/],
      ["CAMERA", "@Maria", /^Did you mean @maria\?/],
      ["LIGHTING", "@maria/odl", /^Did you mean @maria\/old\?/],
      ["MOOD", "@Horn/new", /Add|add horn\/new to usedAssets/],
      ["SCENE", "@x", /^If it is meant as a tag, add x to usedAssets/],
      ["SCENE", "@мария", /^If it is meant as a tag, take the @ away\.$/],
      ["SCENE", "@constructor", /add constructor to usedAssets/],
    ];
    for (const [section, tag, hint] of rows) {
      const scene = section === "SCENE" ? "" : "## SCENE\n\nx\n\n";
      const problem = problemAt(`${TAGS}${scene}## ${section}\n\nSee «${tag}».\n`);
      assert.deepEqual([problem.code, problem.section], ["unknown-tag", section]);
      assert.match(problem.hint!, hint);
    }
  });

  it("points at the place in the file: behind blank lines, an escape, a CRLF", () => {
    problemAt(`---\nlocked: true\n---\n# Title\n\n${TAGS}## SCENE\n\n\n\nx\n\n\\## and «@nobody»\n`);
    problemAt(`${TAGS}## SCENE\n\nx\ny «@nobody» z\n`.replaceAll("\n", "\r\n"));
  });

  it("reports a tag once a section, at its first mention", () => {
    const text = `${TAGS}## SCENE\n\n@nobody and @nobody\n\n## MOOD\n\n@nobody\n`;
    assert.deepEqual(textProblems(candidateOf(text), STORY).map(({ section }) => section), ["SCENE", "MOOD"]);
  });

  it("takes no address for a tag, and leaves SOUND to people", () => {
    assert.deepEqual(textProblems(candidateOf(`${TAGS}## SCENE\n\nme@nobody.com\n\n## SOUND\n\n@nobody\n`), STORY), []);
  });

  it("points at a line of TAGS that defines nothing", () => {
    const problem = problemAt("## TAGS\n\n- @maria: a woman\n«- horn: brass»\n\n## SCENE\n\n@maria\n");
    assert.deepEqual([problem.code, problem.section], ["stray-line", "TAGS"]);
    assert.match(problem.hint!, /- @maria: /);
  });

  it("points at a definition whose tag cannot be one", () => {
    for (const tag of ["@Maria", "@a/b/c", "@con", "@мария"]) {
      const problem = problemAt(`## TAGS\n\n- «${tag}»: a woman\n\n## SCENE\n\nx\n`);
      assert.deepEqual([problem.code, problem.section], ["bad-tag", "TAGS"]);
    }
  });

  it("names no place where the text is not the one that stands in the file", () => {
    const { file } = candidateOf(`${TAGS}## SCENE\n\n@maria\n`);
    const sections = new Map([["TAGS", "- @maria: a woman"], ["SCENE", "@nobody"]] as const);
    const [problem] = textProblems({ id: "segment_1", sections, usedAssets: [], file }, STORY);
    assert.deepEqual([problem?.code, problem?.section, problem?.range], ["unknown-tag", "SCENE", undefined]);
  });

  it("misses a used asset or state that is not on file", () => {
    const problems = validateRaw(candidateOf(`${TAGS}## SCENE\n\nx\n`, ["maria", "ghost", "maria/dead", "Bad"]), STORY, READABLE);
    assert.deepEqual(problems.map(({ code, message, hint }) => [code, message, hint]), [
      ["missing-asset", "@ghost is used, but it is not on file", "Make assets/ghost.md, or take the tag out of usedAssets."],
      ["missing-asset", "@maria/dead is used, but it is not on file", "Make assets/maria.md, or take the tag out of usedAssets."],
    ]);
  });

  it("names each file that cannot be read", () => {
    const unreadable = new Map([["maria", ["assets/maria.png", "assets/old.png"]], ["unused", ["x"]]]);
    const problems = validateRaw(candidateOf(`${TAGS}## SCENE\n\nx\n`, ["maria"]), STORY, { unreadable });
    assert.deepEqual(problems.map(({ code, message }) => [code, message]), [
      ["unreadable-asset", "@maria needs assets/maria.png, which cannot be read"],
      ["unreadable-asset", "@maria needs assets/old.png, which cannot be read"],
    ]);
  });

  it("reports everything at once", () => {
    const problems = validateRaw(candidateOf("## TAGS\n\nx\n\n## MOOD\n\n@nobody\n", ["ghost"]), STORY, READABLE);
    assert.deepEqual(problems.map(({ code }) => code), ["missing-section", "stray-line", "unknown-tag", "missing-asset"]);
  });
});

describe("the validator of a final prompt", () => {
  const output: Output = { name: "main", profile: findProfile("veo-3.1")!, aspectRatio: "16:9" };

  it("takes one that is within the limit, to the last unit", () => {
    assert.deepEqual(validateFinal("segment_1", output, "x".repeat(1000)), []);
    assert.deepEqual(validateFinal("segment_1", output, "Mail me@maria.com."), []);
  });

  it("refuses one that is empty, too long, or holds tags, all at once", () => {
    assert.match(validateFinal("segment_1", output, " \n")[0]!.message, /main: the final prompt is empty/);
    const problems = validateFinal("segment_1", output, `@maria, @horn, @maria ${"😀".repeat(500)}`);
    assert.deepEqual(problems.map(({ message }) => message), ["main: 1022 characters, but Veo 3.1 takes 1000", "main: still has @maria, @horn, which the model does not know"]);
    assert.ok(problems.every(({ file, section, hint }) => file === "segments/segment_1.md" && section === "FINAL PROMPT" && hint));
  });

  it("lets only a segment without errors become production-ready", () => {
    const writing = writingFor("segment_1", STORY);
    const ready = toProductionSegment(writing, { made: [[output, "A woman."]], previousText: "x" });
    assert.deepEqual([ready.problems, ready.segment?.writing, ready.segment?.previousText], [[], writing, "x"]);
    assert.equal(toProductionSegment(writing, { made: [[output, ""]], previousText: undefined }).segment, undefined);
  });
});

describe("a written segment", () => {
  it("passes the validator as it stands", () => {
    const text = formatSegment(writingFor("segment_1", STORY));
    assert.deepEqual(validateRaw(candidateOf(text, ["horn", "maria/old", "square"]), STORY, READABLE), []);
  });
});
