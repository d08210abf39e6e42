import assert from "node:assert/strict";
import type { Extraction, StoryBrief } from "../../../src/pipeline/ports.ts";
import { brief, extractAll } from "./fixtures/stories.ts";

async function planned(lines: readonly string[], change: (story: StoryBrief) => StoryBrief = (story) => story): Promise<Extraction> {
  return extractAll(change(brief(lines)));
}

function sceneAt({ scenes }: Extraction, index: number) {
  return scenes.findLast(({ from }) => Number(from.split("_")[1]) <= index);
}

function look({ assets }: Extraction, id: string): string {
  return assets.find((asset) => asset.id === id)?.description ?? "";
}

describe("the offline director plans scenes", () => {
  const PAST = [
    "Clara sat in the garden and mended a net.",
    "Her silver braid hung over the chair.",
    "Little Tim stood by the gate. “Was there always a road?” asked Tim.",
    "Forty years ago there was no road, only the long beach and the wind.",
    "Clara, whose braid was red then, ran along the beach with a kite.",
    "She climbed onto the rooftop and waved.",
    "“And now?” said Tim.",
    "Clara put down the net.",
  ];

  it("gives a flashback scenes of its own, at its places and in the style's look for memories", async () => {
    const plan = await planned(PAST, (story) => ({ ...story, style: { text: "", looks: new Map([["Night", "dark"], ["Old memories", "amber"]]) } }));
    assert.deepEqual([sceneAt(plan, 4)?.from, sceneAt(plan, 4)?.place, sceneAt(plan, 4)?.look], ["segment_4", "beach", "Old memories"]);
    assert.deepEqual([sceneAt(plan, 6)?.place, sceneAt(plan, 6)?.look], ["rooftop", "Old memories"]);
    assert.deepEqual([sceneAt(plan, 7)?.from, sceneAt(plan, 7)?.place, sceneAt(plan, 7)?.look], ["segment_7", "garden", undefined]);
  });

  it("shows those who were grown then in their young state, and nobody who was not born", async () => {
    const plan = await planned(PAST);
    assert.deepEqual(sceneAt(plan, 5)?.cast, ["clara/young"]);
    const young = plan.assets.find(({ id }) => id === "clara")?.states.get("young") ?? "";
    assert.match(young, /red braid/);
    assert.doesNotMatch(young, /silver|old woman/);
    const [now, then] = [look(plan, "clara"), young].map((text) => Number(/\b\d+\b/.exec(text)?.[0]));
    assert.equal(now! - then!, 40);
  });

  it("takes no story that opens in the past for a flashback", async () => {
    const plan = await planned(["Thirty years ago there was a mill by the river.", "Old Peter sat in the garden.", "He slept."]);
    assert.ok(plan.assets.every(({ states }) => states.size === 0));
    assert.ok(plan.scenes.every(({ cast }) => cast.every((tag) => !tag.includes("/"))));
  });

  it("makes people old whom hair, grandchildren or the past call old, and keeps a stated age", async () => {
    const plan = await planned([
      "Vera had a grey bun and walked through the park.",
      "Ivan, Lena's grandfather, sat in the park. He smiled at Vera.",
      "Lena was eight years old. Lena ran to Vera.",
      "Olga was fifty years old and her hair was white. Olga laughed.",
    ]);
    const age = (id: string) => Number(/\b\d+\b/.exec(look(plan, id))?.[0]);
    for (const id of ["vera", "ivan"]) assert.ok(age(id) >= 60 && age(id) <= 75, look(plan, id));
    assert.equal(age("lena"), 8);
    assert.equal(age("olga"), 50);
  });

  it("takes what the narration says of a thing, by `it` as well, over what it would invent", async () => {
    const plan = await planned(["A violin lay on the table in the kitchen.", "It was cracked black wood with a broken neck.", "Nora took the violin."]);
    assert.match(look(plan, "violin"), /^cracked black/);
    assert.match(look(plan, "violin"), /broken neck/);
  });

  it("keeps night and fog until the narration says otherwise", async () => {
    const plan = await planned([
      "Nora crossed the square in the afternoon.", "She sat down on the bench.", "By nightfall nobody was left.", "Nora waited.",
      "Then the fog rolled in and covered the square.", "Nora walked to the bridge.", "She leaned on the railing.", "The fog lifted. Nora looked down.",
      "Nora waited again.", "In the morning Nora went home.",
    ]);
    assert.deepEqual([2, 4, 5, 6, 8, 10].map((index) => sceneAt(plan, index)?.time), ["afternoon", "night", "night, fog", "night, fog", "night", "morning"]);
    assert.equal(sceneAt(plan, 6)?.place, "bridge");
  });

  it("does not hear weather and hours in what somebody says", async () => {
    const plan = await planned(["Nora stood in the park at noon.", "“At night there is fog,” said Nora.", "She laughed.", "She walked on."]);
    assert.deepEqual(plan.scenes.map(({ time }) => time), ["noon"]);
  });

  it("stays with the people where only a thing moves elsewhere", async () => {
    const plan = await planned(["Nora stood on the rooftop.", "Paul stood on the rooftop beside her.", "Around the square, windows opened.", "Nora laughed.", "Paul counted to ten: a bell, a dog, somebody in the street."]);
    assert.deepEqual([...new Set(plan.scenes.map(({ place }) => place))], ["rooftop"]);
  });

  it("goes back to where the narration left somebody, and takes along those it calls they", async () => {
    const plan = await planned([
      "Nora stood in the kitchen with a lamp.", "Paul came into the kitchen. Paul sat down.", "They hurried to the bridge.", "Nora held up the lamp.", "Paul shouted.",
    ]);
    assert.equal(sceneAt(plan, 5)?.place, "bridge");
    assert.deepEqual([...(sceneAt(plan, 3)?.cast ?? [])].sort(), ["nora", "paul"]);
  });

  it("hears where somebody is although a cut goes through the words", async () => {
    const plan = await planned(["Nora ran through the forest.", "She looked for the path.", "At last she found herself in a long,", "low hall with many doors.", "Nora sat down."]);
    assert.deepEqual([sceneAt(plan, 3)?.place, sceneAt(plan, 4)?.place, sceneAt(plan, 5)?.place], ["forest", "hall", "hall"]);
  });

  it("goes where a place opens before somebody, and not where one only means to go", async () => {
    const plan = await planned(["Nora stood in the kitchen.", "She looked up; before her was another long passage,", "and Nora walked down it.", "She decided on going into the garden at once.", "Nora laughed."]);
    assert.deepEqual([sceneAt(plan, 2)?.place, sceneAt(plan, 4)?.place, sceneAt(plan, 5)?.place], ["passage", "passage", "passage"]);
  });

  it("takes nobody for being in a car or a boat that they only walk to", async () => {
    const lines = (way: string) => ["Nora stood in the kitchen.", `Nora walked ${way}.`, "Nora smiled.", "Nora waited."];
    assert.equal(sceneAt(await planned(lines("to her car")), 3)?.place, "kitchen");
    assert.equal(sceneAt(await planned(lines("past the boat")), 3)?.place, "kitchen");
    assert.equal(sceneAt(await planned(["Nora stood in the kitchen.", "Nora sat in the car.", "Nora smiled."]), 2)?.place, "car");
  });

  it("is at a place where somebody stands at its edge or leaves it, and on the shore of a water", async () => {
    assert.equal(sceneAt(await planned(["Nora stood at the edge of the forest.", "Nora waited."]), 1)?.place, "forest");
    assert.equal(sceneAt(await planned(["A fisherman lived at the edge of the northern sea.", "He waited."]), 1)?.place, "shore");
    assert.equal(sceneAt(await planned(["Nora left St. Mary's Hospital.", "Nora waited."]), 1)?.place, "hospital");
    assert.equal(sceneAt(await planned(["Nora stood in the kitchen.", "Paul lived on the Left Bank.", "Paul waited."]), 3)?.place, "kitchen");
  });

  it("looks for nobody where they were before days or months passed", async () => {
    const lines = (time: string) => ["Nora stood in the kitchen.", "Nora waited.", `Paul went to the beach ${time}.`, "Paul swam.", "Nora laughed.", "Nora wept."];
    assert.equal(sceneAt(await planned(lines("alone")), 6)?.place, "kitchen");
    assert.equal(sceneAt(await planned(lines("the next day")), 6)?.place, "beach");
  });

  it("hears the age in `he was fifty-one`, but in no other number", async () => {
    const age = async (line: string) => /\b\d+\b/.exec(look(await planned(["Paul took his coat.", line, "Paul waited.", "Nora met Paul."]), "paul"))?.[0];
    assert.equal(await age("He was fifty-one, tired, and far from home."), "51");
    assert.equal(await age("He was only 17."), "17");
    assert.notEqual(await age("His mother died when he was ten."), "10");
    assert.notEqual(await age("The first of his coats was ninety-nine."), "99");
  });

  it("takes no small word before a name for a part of it", async () => {
    const { assets } = await planned(["At dawn Signe stood in the boat.", "Signe waited.", "Before dusk Signe rowed home."]);
    assert.deepEqual(assets.filter(({ kind }) => kind === "character").map(({ id }) => id), ["signe"]);
  });

  it("puts a narration of nature without places under the open sky, and nobody into it who is named in passing", async () => {
    const plan = await planned(["At night the moon pulls the sea.", "The wind carries the rain.", "It falls on every stone.", "In the morning the sun warms the soil.", "A rabbit eats the grass.", "It never ends."]);
    assert.deepEqual([sceneAt(plan, 1)?.place, sceneAt(plan, 1)?.cast], ["meadow", []]);
    const indoors = await planned(["A company has a phone and a screen.", "Every office has a door.", "People sit at a desk.", "The book is on the table.", "Work goes on.", "It never ends."]);
    assert.equal(sceneAt(indoors, 1)?.place, "room");
  });

  it("makes no thing of what is a place of the story", async () => {
    const { assets } = await planned(["Nora took her boat.", "Nora stood in the boat.", "The boat was small.", "Nora waited."]);
    assert.deepEqual(assets.filter(({ name }) => name === "boat").map(({ kind }) => kind), ["location"]);
  });

  it("reads captions in capitals", async () => {
    const plan = await planned(["THE OLD KING STOOD IN THE GARDEN.", "HE SHOUTED AT THE STORM. NOBODY HEARD THE KING.", "HIS DAUGHTER LEFT THE CASTLE."]);
    assert.deepEqual([sceneAt(plan, 1)?.place, plan.assets.filter(({ kind }) => kind === "character").map(({ id }) => id)], ["garden", ["old_king"]]);
  });

  it("knows a name where a sentence begins with it, too, and what it is a name of", async () => {
    const plan = await planned(["Pip was the smallest squirrel in the forest.", "So Pip asked for help.", "Pip followed the river."]);
    assert.match(look(plan, "pip"), /^(?:small )?squirrel/);
    assert.deepEqual(plan.assets.filter(({ kind }) => kind === "character").map(({ id }) => id), ["pip"]);
  });

  it("takes no surname for a trade, and a captain at war for an officer", async () => {
    const plan = await planned(["In 1944 Joe Miller ran along the beach, a rifle in his hands.", "A captain stood up and shouted at the soldiers.", "Joe Miller followed the captain.", "The war went on."]);
    assert.doesNotMatch(look(plan, "joe_miller"), /farmer|overalls|straw/);
    assert.doesNotMatch(look(plan, "captain"), /ship/);
    assert.match(look(await planned(["The Old King sat in the garden.", "So the Old King laughed.", "Then the Old King slept."]), "old_king"), /king/);
  });

  it("does not take a city for the monk that is named behind it", async () => {
    const plan = await planned(["When the news reached Jerusalem, an old monk named Jerome put down his pen.", "Jerome wept.", "The monk wrote a letter."]);
    assert.deepEqual(plan.assets.filter(({ kind }) => kind === "character").map(({ id }) => id), ["jerome"]);
    assert.match(look(plan, "jerome"), /^(?:old )?priest/);
  });

  it("is in a city that somebody goes to, in a street of it, and in its rooms where they are named", async () => {
    const plan = await planned(["Marie was born in Warsaw, in a small apartment.", "Marie read a book.", "Then Marie went to Paris with a suitcase.", "Marie smiled.", "She had heard of Rome.", "Marie waited."]);
    assert.deepEqual([1, 2, 3, 6].map((index) => sceneAt(plan, index)?.place), ["apartment", "apartment", "paris", "paris"]);
    assert.match(look(plan, "paris"), /street/);
    assert.equal(plan.assets.find(({ id }) => id === "paris")?.name, "Paris");
    assert.ok(plan.assets.every(({ id }) => id !== "rome" && id !== "warsaw"));
  });
});
