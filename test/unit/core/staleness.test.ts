import assert from "node:assert/strict";
import { hashText } from "../../../src/core/canonical.ts";
import type { Asset } from "../../../src/core/documents/assetDocument.ts";
import type { TimedSegment } from "../../../src/core/documents/timingMapDocument.ts";
import { parseStyle } from "../../../src/core/documents/styleDocument.ts";
import { planSegment } from "../../../src/core/segmentPlan.ts";
import { storedRaw, type SegmentStatus } from "../../../src/core/staleness.ts";
import { parseDefinitions } from "../../../src/core/tags.ts";
import type { Story } from "../../../src/core/story.ts";
import { assetOf, emptyStory, readyStory, statusOf, withTexts } from "./storyBuilder.ts";

type Change = (story: Story) => Story;

const DIRECTION_ADDED = edit("## FINAL PROMPT", "## DIRECTION\n\nSlower.\n\n## FINAL PROMPT");

/** Each input of the artefacts, changed alone, and what becomes stale by it. */
const TABLE: [input: string, change: Change, stale: string][] = [
  ["nothing", (story) => story, ""],
  ["narration", timed({ narration: "She dropped the horn." }), "draft"],
  ["blanks in narration", timed({ narration: " She  lifted the horn.\r\n" }), ""],
  ["length by 0.2 s", timed({ end: 5.4 }), ""],
  ["length by 0.25 s", timed({ end: 5.45 }), ""],
  ["length by 0.3 s", timed({ end: 5.5 }), "draft"],
  ["length by -0.3 s", timed({ end: 4.9 }), "draft"],
  ["place in time, not length", timed({ start: 10, end: 15.2 }), ""],
  ["audio, speakers and words", timed({ audio: "a.wav", speaker: "x", speakers: ["x"], words: [[0, 1, "She"]] }), ""],
  ["the source of the times", (story) => ({ ...story, timing: { ...story.timing, source: { file: "a.srt", format: "SubRip subtitles" } } }), ""],
  ["the scene's place", scene({ place: "harbour" }), "draft"],
  ["the scene's time", scene({ time: "dawn" }), "draft"],
  ["the scene's cast", scene({ cast: ["maria/old", "horn"] }), "draft"],
  ["the scene's note", scene({ note: "loud" }), "draft"],
  ["the scene's note taken away", scene({ note: undefined }), "draft"],
  ["the scene's look", scene({ look: "Day" }), "draft"],
  ["the text of the scene's look", style("Warm film.\n\n## Night\n\nBlack.\n"), "draft"],
  ["the name of the scene's look", chain(style("Warm film.\n\n## Dark\n\nBlue.\n"), scene({ look: "Dark" })), ""],
  ["the text of another look", style("Warm film.\n\n## Day\n\nYellow.\n\n## Night\n\nBlue.\n"), ""],
  ["the scene's provenance", scene({ generated: { by: "x", from: "00000000", text: "00000000" } }), ""],
  ["no scene at all", (story) => ({ ...story, scenes: [] }), "draft"],
  ["style", style("Cold film.\n\n## Night\n\nBlue.\n"), "draft"],
  ["blanks in style", style("\nWarm  film.\r\n\r\n\r\n## Night\n\nBlue.\n"), ""],
  ["language", (story) => ({ ...story, settings: { ...story.settings, language: "de" } }), "draft"],
  ["title and lengths of shots", (story) => ({ ...story, settings: { ...story.settings, title: "U", shotLength: { shortest: 1, ideal: 2, longest: 3 } } }), ""],
  ["research", (story) => ({ ...story, research: "Facts." }), ""],
  ["DIRECTION added", DIRECTION_ADDED, "draft"],
  ["the description of an asset", asset("horn", { description: "new silver horn" }), "tags main tall"],
  ["the description of a state that is used", asset("maria", { states: new Map([["old", "woman, 70"]]) }), "tags main tall"],
  ["the description of a state that is not used", asset("maria", { states: new Map([["old", "woman, 62, silver braid"], ["young", "a girl"]]) }), ""],
  ["the body of an asset that is used in a state", asset("maria", { description: "woman, 41" }), ""],
  ["the name of an asset", asset("horn", { name: "Trumpet" }), "tags"],
  ["the kind of an asset", asset("horn", { kind: "character" }), "tags"],
  ["the aliases of an asset", asset("horn", { aliases: ["Tuba"] }), ""],
  ["the pictures of an asset", asset("horn", { images: [{ file: "horn.png" }] }), ""],
  ["provenance and lateness of an asset", asset("horn", { late: true, generated: undefined }), ""],
  ["an asset taken away", (story) => ({ ...story, assets: new Map([...story.assets].filter(([id]) => id !== "horn")) }), "tags main tall"],
  ["an asset that nobody uses", (story) => ({ ...story, assets: new Map([...story.assets, ["new", assetOf("new", story.assets.get("horn")!)]]) }), ""],
  ["the profile of an output", output("main", { profile: "kling-3" }), "main"],
  ["the aspect ratio of an output", output("tall", { aspectRatio: "1:1" }), "tall"],
  ["a new output", output("wide", { profile: "general", aspectRatio: "21:9" }), "wide"],
  ["an output taken away", (story) => ({ ...story, settings: { ...story.settings, outputs: { main: story.settings.outputs["main"]! } } }), ""],
  ["SOUND added", edit("## FINAL PROMPT", "## SOUND\n\nWind.\n\n## FINAL PROMPT"), "main tall"],
  ["TEXT added", edit("## FINAL PROMPT", "## TEXT\n\n1999\n\n## FINAL PROMPT"), "main tall"],
  ["AVOID added", edit("## FINAL PROMPT", "## AVOID\n\nCars.\n\n## FINAL PROMPT"), "main tall"],
  ["NOTES added", edit("## FINAL PROMPT", "## NOTES\n\nMine.\n\n## FINAL PROMPT"), ""],
  ["an unknown section added", edit("## FINAL PROMPT", "## IDEAS\n\nMine.\n\n## FINAL PROMPT"), ""],
  ["review, take, medium, frames and an unknown key added", edit("---\n", "---\nreview: ok\ntake: 2\nmedium: x\nframes: [a]\nmine: 1\n"), ""],
  ["another director", edit("by: offline", "by: a model"), ""],
  ["a final taken out", edit("```prompt main\nPrompt for main.\n```\n", ""), "main"],
];

describe("an artefact of an up-to-date segment", () => {
  for (const [input, change, expected] of TABLE) {
    it(`${expected ? `is stale (${expected})` : "stays up to date"} after a change of: ${input}`, () => {
      const status = statusOf(change(readyStory()));
      assert.equal(staleParts(status), expected);
      assert.deepEqual([status.hasDraft, status.edited, status.keptFinals], [true, [], []]);
      const step = planSegment(status, { all: false, overwriteEdits: false });
      assert.equal(step.do, expected.includes("draft") ? "direct" : expected ? "refresh" : "leave");
      if (step.do === "leave") assert.equal(step.state, "up to date");
    });
  }

  it("names the input that changed", () => {
    const reasons = (change: Change) => statusOf(change(readyStory())).draft;
    assert.deepEqual(reasons(chain(timed({ narration: "x", end: 9 }), scene({ time: "dawn" }), style("x"), DIRECTION_ADDED)), [
      "narration changed",
      "length changed: 5.2 s → 9 s",
      "scene changed",
      "style or language changed",
      "direction changed",
    ]);
    assert.deepEqual(statusOf(asset("horn", { description: "x" })(readyStory())).tags, ["@horn changed"]);
  });

  it("knows a DIRECTION that it was made from, one that changed, and one that is gone", () => {
    const directed = chain(DIRECTION_ADDED, (story) => {
      const { source } = story.segments.get("segment_1")!;
      return withTexts(story, new Map([["segment_1", source.replace(/story: (\w+|"\w+"),/, `$& direction: "${hashText("Slower.")}",`)]]));
    });
    assert.equal(staleParts(statusOf(directed(readyStory()))), "");
    assert.equal(staleParts(statusOf(chain(directed, edit("Slower.", "Faster."))(readyStory()))), "draft");
    assert.equal(staleParts(statusOf(chain(directed, edit("## DIRECTION\n\nSlower.\n\n", ""))(readyStory()))), "draft");
    assert.equal(staleParts(statusOf(chain(directed, edit("Slower.", "Slower.  \n\n"))(readyStory()))), "");
  });

  it("is stale where nothing was made yet", () => {
    const status = statusOf(emptyStory());
    assert.deepEqual([staleParts(status), status.hasDraft, status.locked], ["draft tags main tall", false, false]);
  });

  it("belongs to its own segment, whatever the segment's name", () => {
    assert.equal(staleParts(statusOf(emptyStory(), "constructor")), "draft tags main tall");
    assert.equal(staleParts(statusOf(timed({ narration: "x" })(readyStory()), "constructor")), "");
    const named = output("constructor", { profile: "general", aspectRatio: "16:9" })(readyStory());
    assert.equal(staleParts(statusOf(named)), "constructor");
  });

  it("survives a formatter's pass over its file", () => {
    const passes: ((text: string) => string)[] = [
      (text) => text.replaceAll("\n", "\r\n"),
      (text) => `\uFEFF${text}`,
      (text) => text.replaceAll(/^## (.*)\n\n/gm, "## $1\n"),
      (text) => text.replaceAll("\n\n## ", "\n\n\n\n## "),
      (text) => text.replaceAll("lifts", "lifts "),
      (text) => text.replaceAll(".\n", ".  \n"),
    ];
    for (const pass of passes) {
      const story = readyStory();
      const text = pass(story.segments.get("segment_1")!.source);
      const status = statusOf(withTexts(story, new Map([["segment_1", text]])));
      assert.deepEqual([staleParts(status), status.edited], ["", []], text);
    }
  });
});

/** Edits of one part each: what they leave stale, and that they are seen as a person's. */
const EDITS: [part: string, from: string, to: string, stale: string][] = [
  ["TAGS", "worn brass horn", "worn tin horn", "main tall"],
  ["SCENE", "End: still.", "End: moving.", "main tall"],
  ["CAMERA", "Close-up", "Wide", "main tall"],
  ["LIGHTING", "Low dusk", "High noon", "main tall"],
  ["MOOD", "Tender.", "Angry.", "main tall"],
  ["FINAL PROMPT main", "Prompt for main.", "My prompt.", ""],
];

describe("a segment that a person edited", () => {
  for (const [part, from, to, stale] of EDITS) {
    it(`keeps its draft: ${part}`, () => {
      const story = edit(from, to)(readyStory());
      const status = statusOf(story);
      assert.deepEqual([status.edited, staleParts(status), status.keptFinals], [[part], stale, []]);
      const refreshed = { do: stale ? "refresh" : "leave" };
      assert.equal(planSegment(status, { all: false, overwriteEdits: false }).do, refreshed.do);
      const moved = statusOf(timed({ narration: "x" })(story));
      for (const request of [{ all: false }, { all: true }, { all: false, only: new Set(["segment_1"]) }]) {
        assert.deepEqual(planSegment(moved, { ...request, overwriteEdits: false }), stale ? { do: "refresh" } : KEPT);
        assert.deepEqual(planSegment(moved, { ...request, overwriteEdits: true }), { do: "direct" });
      }
    });
  }

  it("keeps an edited final that is out of date, and says so", () => {
    const status = statusOf(chain(edit("Prompt for main.", "Mine."), asset("horn", { description: "x" }))(readyStory()));
    assert.deepEqual([staleParts(status), status.keptFinals], ["tags tall", ["main"]]);
    const settled = { ...status, tags: [], finals: new Map() };
    assert.deepEqual(planSegment(settled, { all: false, overwriteEdits: false }), KEPT);
    assert.deepEqual(planSegment(settled, { all: false, overwriteEdits: true }), { do: "refresh" });
  });

  it("gets its TAGS from the front matter, or from TAGS where these were edited", () => {
    const story = edit("- @horn: worn brass horn", "- @horn: tin horn\n- @ghost: pale")(readyStory());
    const status = statusOf(story);
    assert.deepEqual(status.tags.includes("@ghost is not on file"), true);
    assert.match(storedRaw(story.segments.get("segment_1")!, story).sections.get("TAGS")!, /^- @horn: tin horn\n- @ghost: pale\n/);
  });

  it("reads TAGS that a person wrote in the machine's words like the machine's own", () => {
    const file = edit("- @horn: worn brass horn", "- @horn: tin horn")(readyStory());
    const story = asset("horn", { description: "tin horn" })(file);
    const segment = story.segments.get("segment_1")!;
    const { tags, sections } = storedRaw(segment, story);
    assert.deepEqual([tags, sections.get("TAGS")], [parseDefinitions(segment.sections.get("TAGS")!).definitions.map(({ tag }) => tag), segment.sections.get("TAGS")]);
    assert.deepEqual(statusOf(story).edited, ["TAGS"]);
  });

  it("gets a line in TAGS for a known tag that was added to its text", () => {
    const status = statusOf(edit("End: still.", "End: @maria still.")(readyStory()));
    assert.deepEqual([status.tags, staleParts(status)], [["@maria is new here", "used assets changed"], "tags main tall"]);
  });

  it("is made again where SCENE or TAGS was taken out", () => {
    const noScene = statusOf(edit(/## SCENE\n\n.*\n\n/, "")(readyStory()));
    assert.deepEqual([noScene.hasDraft, noScene.edited], [false, []]);
    assert.deepEqual(planSegment(noScene, { all: false, overwriteEdits: false }), { do: "direct" });
    const noTags = statusOf(edit(/## TAGS\n\n(?:- .*\n)*\n/, "")(readyStory()));
    assert.deepEqual([noTags.hasDraft, noTags.edited, staleParts(noTags)], [true, [], "tags"]);
  });

  it("keeps a draft from which a person took a part out", () => {
    const status = statusOf(edit(/## MOOD\n\n.*\n\n/, "")(readyStory()));
    assert.deepEqual([status.hasDraft, status.edited, staleParts(status)], [true, ["MOOD"], "main tall"]);
  });
});

describe("a segment file that a person wrote", () => {
  it("is not made yet where it holds only orders and notes", () => {
    const status = statusOf(withTexts(emptyStory(), new Map([["segment_1", "## DIRECTION\n\nSlow.\n\n## NOTES\n\nMine.\n"]])));
    assert.deepEqual([status.hasDraft, status.edited, staleParts(status)], [false, [], "draft tags main tall"]);
    assert.deepEqual(planSegment(status, { all: false, overwriteEdits: false }), { do: "direct" });
  });

  it("is a draft of its own where it is whole, stale for nothing", () => {
    const text = "## SCENE\n\n@maria waits.\n\n## CAMERA\n\nWide.\n\n## LIGHTING\n\nSun.\n\n## MOOD\n\nCalm.\n";
    const story = withTexts(emptyStory(), new Map([["segment_1", text]]));
    const status = statusOf(chain(timed({ narration: "x" }), style("x"))(story));
    assert.deepEqual([status.hasDraft, staleParts(status)], [true, "tags main tall"]);
    assert.deepEqual(planSegment(status, { all: true, overwriteEdits: false }), { do: "refresh" });
  });
});

const KEPT = { do: "leave", state: "skipped", reason: "kept: edited by hand" };

/** `draft tags main`: what is stale, in this order. */
function staleParts({ draft, tags, finals }: SegmentStatus): string {
  const stale = [...finals].filter(([, reasons]) => reasons.length).map(([name]) => name);
  return [...(draft.length ? ["draft"] : []), ...(tags.length ? ["tags"] : []), ...stale].join(" ");
}

function chain(...changes: readonly Change[]): Change {
  return (story) => changes.reduce((changed, change) => change(changed), story);
}

function timed(change: Partial<TimedSegment>): Change {
  return (story) => {
    const [first, ...rest] = story.timing.segments;
    return { ...story, timing: { ...story.timing, segments: [{ ...first!, ...change }, ...rest] } };
  };
}

function scene(change: Partial<Story["scenes"][number]>): Change {
  return (story) => ({ ...story, scenes: [{ ...story.scenes[0]!, ...change }] });
}

function style(text: string): Change {
  return (story) => ({ ...story, style: parseStyle(text) });
}

function asset(id: string, change: Partial<Asset>): Change {
  return (story) => ({ ...story, assets: new Map([...story.assets, [id, { ...story.assets.get(id)!, ...change }]]) });
}

function output(name: string, change: Partial<Story["settings"]["outputs"][string]>): Change {
  return (story) => {
    const outputs = new Map(Object.entries(story.settings.outputs));
    outputs.set(name, { profile: "general", aspectRatio: "16:9", ...outputs.get(name), ...change });
    return { ...story, settings: { ...story.settings, outputs: Object.fromEntries(outputs) } };
  };
}

/** Changes the text of segment_1. */
function edit(from: string | RegExp, to: string): Change {
  return (story) => {
    const { source } = story.segments.get("segment_1")!;
    const text = source.replace(from, to);
    assert.notEqual(text, source, `${String(from)} stands in\n${source}`);
    return withTexts(story, new Map([["segment_1", text]]));
  };
}
