import assert from "node:assert/strict";
import { sceneContentSchema } from "../../../src/core/documents/scenePlanDocument.ts";
import { isId } from "../../../src/core/ids.ts";
import { resolveTag } from "../../../src/core/story.ts";
import { createOfflineDirector } from "../../../src/ai/offlineDirector.ts";
import { assetOf, brief, extractAll, extracted, fixture, FIXTURES, NEVER } from "./fixtures/stories.ts";

describe("the offline director extracts assets", () => {
  for (const [file, language] of FIXTURES) {
    describe(file, () => {
      it("gives assets with legal ids, a description each, and a place and somebody at least", async () => {
        const { assets } = await extractAll(fixture(file, language));
        for (const { id, description } of assets) {
          assert.ok(isId(id), id);
          assert.match(description, /^\S[^@{}]{8,}$/);
        }
        assert.ok(assets.some(({ kind }) => kind === "location"));
        assert.ok(assets.some(({ kind }) => kind === "character"));
        assert.equal(new Set(assets.map(({ id }) => id)).size, assets.length);
        assert.equal(new Set(assets.map(({ description }) => description)).size, assets.length, "no two look alike");
      });

      it("plans scenes from the first segment on, with tags that resolve", async () => {
        const story = await extracted(fixture(file, language));
        assert.equal(story.scenes[0]?.from, "segment_1");
        for (const scene of story.scenes) {
          assert.ok(sceneContentSchema.safeParse(scene).success);
          assert.equal(resolveTag(story.assets, scene.place)?.asset.kind, "location");
          for (const tag of scene.cast) assert.ok(resolveTag(story.assets, tag), tag);
        }
      });

      it("finds the same when shown its own assets", async () => {
        const story = fixture(file, language);
        const again = await extractAll({ ...(await extracted(story)), scenes: [] });
        assert.deepEqual(again, await extractAll(story));
      });
    });
  }

  it("lets facts of the narration win over every palette", async () => {
    const { assets } = await extractAll(fixture("trumpet.txt"));
    const look = (id: string) => assets.find((asset) => asset.id === id)?.description ?? "";
    assert.match(look("tomas_brandt"), /^old man, 72, white moustache/);
    assert.match(look("emil"), /^boy, 9, .*brown cap/);
    assert.match(look("grandmother"), /silver braid/);
    assert.match(look("grandmother"), /blue apron/);
    assert.match(look("trumpet"), /^dented brass trumpet/);
  });

  it("knows somebody by name, apposition and noun as one", async () => {
    const { assets } = await extractAll(fixture("trumpet.txt"));
    assert.deepEqual(assets.filter(({ id }) => ["boy", "man", "old_man"].includes(id)), []);
    assert.ok(assets.find(({ id }) => id === "emil")?.aliases.includes("boy"));
  });

  it("cuts where place and time change", async () => {
    const { scenes } = await extractAll(fixture("trumpet.txt"));
    const at = (id: string) => scenes.find(({ from }) => from === id);
    assert.equal(at("segment_20")?.place, "kitchen");
    assert.deepEqual([at("segment_29")?.place, at("segment_29")?.time], ["street", "night"]);
    assert.ok(scenes.some(({ time }) => time === "morning"));
  });

  it("starts a scene at the first segment of every wanted range and plans nothing else", async () => {
    const story = fixture("trumpet.txt");
    const { scenes, assets } = await createOfflineDirector().extractAssets(story, [{ first: 3, last: 6 }, { first: 30, last: 33 }], NEVER);
    const froms = scenes.map(({ from }) => Number(from.split("_")[1]) - 1);
    assert.equal(froms[0], 3);
    assert.ok(froms.includes(30));
    assert.ok(froms.every((index) => (index >= 3 && index <= 6) || (index >= 30 && index <= 33)));
    assert.deepEqual(assets, (await extractAll(story)).assets);
  });

  it("uses a person's asset under its own id and describes it no second time", async () => {
    const mine = assetOf({ id: "the_player", kind: "character", name: "Tomas Brandt", aliases: ["Tomas"], description: "man, 40, red coat" }, null);
    const story = { ...fixture("trumpet.txt"), assets: new Map([[mine.id, mine]]) };
    const { assets, scenes } = await extractAll(story);
    assert.ok(assets.every(({ id, name }) => id !== "the_player" && name !== "Tomas Brandt"));
    assert.ok(scenes[0]?.cast.includes("the_player"));
  });

  it("finds an asset that a person renamed under its new name", async () => {
    const story = await extracted(fixture("trumpet.txt"));
    const brandt = story.assets.get("tomas_brandt")!;
    const renamed = { ...brandt, id: "viktor", name: "Viktor", aliases: [...brandt.aliases, brandt.name] };
    const { assets, scenes } = await extractAll({ ...story, assets: new Map([...story.assets, ["viktor", renamed] as const].filter(([id]) => id !== "tomas_brandt")) });
    assert.ok(assets.every(({ id }) => id !== "tomas_brandt"));
    assert.ok(scenes.some(({ cast }) => cast.some((tag) => tag.startsWith("viktor"))));
    assert.ok(scenes.every(({ cast }) => cast.every((tag) => !tag.startsWith("tomas_brandt"))));
  });

  it("does not find again what a person merged into another asset", async () => {
    const story = await extracted(fixture("trumpet.txt"));
    const [gone, kept] = [...story.assets.values()].filter(({ kind }) => kind === "prop");
    assert.ok(gone && kept);
    const merged = { ...kept, aliases: [...kept.aliases, gone.name] };
    const { assets } = await extractAll({ ...story, assets: new Map([...story.assets, [kept.id, merged] as const].filter(([id]) => id !== gone.id)) });
    assert.ok(assets.every(({ id }) => id !== gone.id));
  });

  it("gives an id of its own where a person's asset of another name has taken it", async () => {
    const mine = assetOf({ id: "trumpet", kind: "prop", name: "Old horn", description: "cow horn" }, null);
    const { assets } = await extractAll({ ...fixture("trumpet.txt"), assets: new Map([[mine.id, mine]]) });
    assert.ok(assets.some(({ id }) => id === "tomas_brandt"));
    assert.ok(assets.every(({ id }) => id !== "trumpet"));
  });

  it("dresses a story by its time and world", async () => {
    const space = await extractAll(brief(["Apollo 11, Houston. We got a recommendation for you, over.", "Roger. One is on the helmet.", "Put the helmet away."]));
    assert.ok(space.assets.some(({ description }) => /headset|suit/.test(description)));
    assert.deepEqual(space.assets.filter(({ kind }) => kind === "location").map(({ id }) => id).sort(), ["control_room", "spacecraft"]);
  });

  it("describes a missing asset from its lines, and a missing state from the asset", async () => {
    const director = createOfflineDirector();
    const story = await extracted(fixture("trumpet.txt"));
    const watch = await director.describeAsset(story, { tag: "pocket_watch", lines: ["He held a silver watch."] }, NEVER);
    assert.equal(watch.kind, "prop");
    assert.match(watch.description, /watch/);
    const young = await director.describeAsset(story, { tag: "tomas_brandt/young", lines: [], existing: story.assets.get("tomas_brandt") }, NEVER);
    assert.match(young.states.get("young") ?? "", /^young man, 21,/);
    assert.equal(young.description, story.assets.get("tomas_brandt")?.description);
    const nobody = await director.describeAsset(story, { tag: "maria/old", lines: ["Maria wore a green scarf. She laughed."] }, NEVER);
    assert.equal(nobody.kind, "character");
    assert.match(nobody.states.get("old") ?? "", /^old woman, 71/);
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(createOfflineDirector().extractAssets(fixture("trumpet.txt"), [{ first: 0, last: 5 }], signal), { name: "AbortError" });
  });

  it("takes an empty story", async () => {
    assert.deepEqual((await createOfflineDirector().extractAssets(brief([]), [], NEVER)).scenes, []);
  });
});
