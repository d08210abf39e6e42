import assert from "node:assert/strict";
import { PROFILE_IDS, findProfile } from "../../../src/core/outputs.ts";
import { draftSections } from "../../../src/core/rawVisualPrompt.ts";
import { segmentDraftSchema, type SegmentDraft } from "../../../src/core/segmentDraft.ts";
import { resolveTag } from "../../../src/core/story.ts";
import { formatDefinitions, tagsIn } from "../../../src/core/tags.ts";
import { validateFinal, validateRaw } from "../../../src/core/validateSegment.ts";
import type { RawSection } from "../../../src/core/documents/segmentDocument.ts";
import type { StoryBrief } from "../../../src/pipeline/ports.ts";
import { createOfflineDirector } from "../../../src/ai/offlineDirector.ts";
import { assetOf, brief, draftAll, extracted, fixture, FIXTURES, NEVER } from "./fixtures/stories.ts";

const MOVES = /static|push-in|dolly|crane|pan |tilt|handheld|arc|tracking|slide|truck/g;

function rawOf(draft: SegmentDraft, story: StoryBrief): Map<RawSection, string> {
  const definitions = draft.usedAssets.map((tag) => ({ tag, description: resolveTag(story.assets, tag)?.description ?? "" }));
  return new Map<RawSection, string>([["TAGS", formatDefinitions(definitions)], ...draftSections(draft)]);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

function runs(text: string, length: number): Set<string> {
  const words = wordsOf(text);
  return new Set(words.slice(length - 1).map((_, index) => words.slice(index, index + length).join(" ")));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((run) => b.has(run)).length;
  return common / Math.max(1, a.size + b.size - common);
}

describe("the offline director drafts segments", () => {
  for (const [file, language] of FIXTURES) {
    describe(file, () => {
      let story: StoryBrief;
      let drafts: SegmentDraft[];
      before(async () => {
        story = await extracted(fixture(file, language));
        drafts = await draftAll(story);
      });

      it("gives one whole draft per segment that passes every check", () => {
        assert.deepEqual(drafts.map(({ id }) => id), story.timing.segments.map(({ id }) => id));
        for (const draft of drafts) {
          assert.ok(segmentDraftSchema.safeParse(draft).success, draft.id);
          const candidate = { id: draft.id, sections: rawOf(draft, story), usedAssets: draft.usedAssets };
          assert.deepEqual(validateRaw(candidate, story, { unreadable: new Map() }), []);
          assert.deepEqual(new Set(tagsIn(draft.visualPrompt)), new Set(draft.usedAssets));
          assert.match(draft.visualPrompt, /\. End: [^.]+\.$/);
          assert.doesNotMatch(draft.visualPrompt, /[{}]|undefined| {2}|,,/);
        }
      });

      it("makes finals that every profile takes, with each look word for word", async () => {
        const director = createOfflineDirector();
        for (const draft of drafts) {
          for (const id of PROFILE_IDS) {
            const output = { name: "main", profile: findProfile(id)!, aspectRatio: "16:9" };
            const final = await director.optimizePrompt({ segmentId: draft.id, raw: rawOf(draft, story), output }, NEVER);
            assert.deepEqual(validateFinal(draft.id, output, final), []);
            for (const tag of draft.usedAssets) assert.equal(final.split(resolveTag(story.assets, tag)!.description).length, 2, `${draft.id} ${tag}`);
          }
        }
      });

      it("moves the camera in one way only and never twice from the same place", () => {
        drafts.forEach(({ cameraWork, id }, index) => {
          assert.equal(cameraWork.match(MOVES)?.length, 1, `${id}: ${cameraWork}`);
          assert.notEqual(cameraWork, drafts[index - 1]?.cameraWork, id);
        });
      });

      it("pastes no narration and shows no picture twice", () => {
        const seen: Set<string>[] = [];
        drafts.forEach(({ visualPrompt, id }, index) => {
          const told = runs(story.timing.segments[index]!.narration, 5);
          assert.deepEqual([...runs(visualPrompt, 5)].filter((run) => told.has(run)), [], id);
          const trigrams = runs(visualPrompt, 3);
          assert.ok(seen.every((other) => likeness(other, trigrams) <= 0.8), `${id}: ${visualPrompt}`);
          seen.push(trigrams);
        });
      });

      it("keeps light and screen direction within a scene", () => {
        const bounds = [...story.scenes.map(({ from }) => story.timing.segments.findIndex(({ id }) => id === from)), drafts.length];
        bounds.slice(0, -1).forEach((first, scene) => {
          // A cutaway to another place has that place's light.
          const here = drafts.slice(first, bounds[scene + 1]).filter(({ usedAssets }) => usedAssets.includes(story.scenes[scene]!.place));
          assert.ok(new Set(here.map(({ lighting }) => lighting)).size <= 1);
        });
      });

      it("gives the same draft whatever is asked for with it, in any order", async () => {
        const some = drafts.filter((_, index) => index % 3 === 1).map(({ id }) => id).reverse();
        const alone = await draftAll({ ...story }, some);
        assert.deepEqual(alone, some.map((id) => drafts.find((draft) => draft.id === id)));
      });
    });
  }

  it("drives the action by the verbs of the narration", async () => {
    const story = await extracted(fixture("trumpet.txt"));
    const scene = new Map((await draftAll(story)).map(({ id, visualPrompt }) => [id, visualPrompt]));
    assert.match(scene.get("segment_12") ?? "", /@tomas_brandt .*holds @trumpet out/);
    assert.match(scene.get("segment_13") ?? "", /@emil .*closes his fingers round @trumpet/);
    assert.match(scene.get("segment_42") ?? "", /@trumpet .*plays?[ ,]/);
  });

  it("knows whom pronouns mean", async () => {
    const drafts = await draftAll(await extracted(fixture("trumpet.txt")));
    const used = (id: string) => drafts.find((draft) => draft.id === id)?.usedAssets;
    // "Then he smiled and held out the trumpet" follows Tomas; "Tomas looked at him" means Emil.
    assert.ok(used("segment_12")?.includes("tomas_brandt"));
    assert.ok(used("segment_11")?.includes("emil"));
  });

  it("shows characters in the state that the scene wants", async () => {
    const states = new Map([["old", "woman, 62, silver braid, navy coat"]]);
    const story = brief(["Maria lifted her head.", "She smiled."], {
      assets: [
        assetOf({ id: "maria", kind: "character", name: "Maria", description: "girl, 9, black plaits", states }),
        assetOf({ id: "old_square", kind: "location", name: "old square", description: "cobbled square, dry fountain" }),
      ],
      scenes: [{ from: "segment_1", place: "old_square", time: "dusk", cast: ["maria/old"] }],
    });
    for (const { usedAssets, visualPrompt } of await draftAll(story)) {
      assert.deepEqual(usedAssets, ["maria/old", "old_square"]);
      assert.doesNotMatch(visualPrompt, /@maria(?!\/old)/);
    }
  });

  it("puts a person's order into picture and camera", async () => {
    const plain = await extracted(fixture("trumpet.txt"));
    const story = { ...plain, directions: new Map([["segment_9", "Close-up, static. Emil holds a burning match between two fingers."]]) };
    const [draft] = await draftAll(story, ["segment_9"]);
    assert.match(draft?.visualPrompt ?? "", /@emil holds a burning match between two fingers/);
    assert.match(draft?.cameraWork ?? "", /^Close-up, .*static/);
  });

  it("words a short style phrase the same in every picture", async () => {
    const story = { ...(await extracted(fixture("garden-door.txt"))), style: { text: "# Look\n\nMuted 16 mm colours, soft grain.", looks: new Map<string, string>() } };
    for (const { lighting } of await draftAll(story)) assert.ok(lighting.endsWith("Muted 16 mm colours, soft grain."));
  });

  it("finds another picture when the narration says the same again", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => ["Maria lifted the lamp.", "Time passed.", "She waited in the garden."][index % 3]!);
    const pictures = (await draftAll(await extracted(brief(lines)))).map(({ visualPrompt }) => visualPrompt.replace(/.*?(?:\. (?=She)|, (?=[a-z]+s )|: )/, ""));
    pictures.forEach((picture, index) => assert.ok(!pictures.slice(Math.max(0, index - 10), index).includes(picture), picture));
  });

  it("needs no words, no scenes and no assets", async () => {
    const drafts = await draftAll(brief(["", "", "Rain fell.", ""]));
    assert.equal(drafts.length, 4);
    for (const draft of drafts) assert.ok(segmentDraftSchema.safeParse(draft).success);
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort();
    const stream = createOfflineDirector().draftSegments(fixture("trumpet.txt"), ["segment_1"], signal);
    await assert.rejects(async () => {
      for await (const draft of stream) assert.fail(draft.id);
    }, { name: "AbortError" });
  });
});
