import assert from "node:assert/strict";
import * as fc from "fast-check";
import { loadStory } from "../../../src/core/loadStory.ts";
import { newStoryTexts, proseOfTranscript, titleOfFile, type NewStory } from "../../../src/import/newStory.ts";
import { readTranscript } from "../../../src/import/read/readTranscript.ts";
import { planSegments } from "../../../src/import/planSegments.ts";

const SHOTS = { shortest: 2.5, ideal: 5, longest: 8 };

function newStory(cues: readonly { readonly text: string; readonly speaker?: string }[], more: Partial<NewStory> = {}): NewStory {
  const transcript = { format: "test", basis: "aligned", findings: [], cues: cues.map((cue, index) => ({ ...cue, start: index * 4, end: index * 4 + 4 })) } as const;
  return {
    title: "The Well: a “story”",
    language: "en",
    shotLength: SHOTS,
    outputs: { main: { profile: "veo-3.1", aspectRatio: "16:9" } },
    look: "",
    basis: "aligned",
    segments: planSegments(transcript, { shotLength: SHOTS }),
    ...more,
  };
}

describe("the documents of a new story", () => {
  it("load without a finding, and say what the form said", () => {
    const { story, problems } = loadStory(newStoryTexts(newStory([{ text: "She comes." }, { text: "She drinks." }], { look: "Charcoal on paper.\n", frameRate: 25 })));
    assert.deepEqual(problems, []);
    assert.equal(story?.settings.title, "The Well: a “story”");
    assert.deepEqual(story.settings.outputs, { main: { profile: "veo-3.1", aspectRatio: "16:9" } });
    assert.equal(story.style.text, "Charcoal on paper.");
    assert.equal(story.timing.frameRate, 25);
    assert.deepEqual(story.timing.segments.map(({ id, narration }) => [id, narration]), [["segment_1", "She comes."], ["segment_2", "She drinks."]]);
  });

  it("say what the times came from, by the name of the file alone", () => {
    const sourceOf = (name: string, text: string) => {
      const { transcript } = readTranscript({ name, bytes: new TextEncoder().encode(text) }, { wordsPerMinute: 150 });
      return loadStory(newStoryTexts(newStory([{ text: "She comes." }], { source: transcript!.source }))).story!.timing.source;
    };
    assert.deepEqual(sourceOf("/home/ann/the-well.srt", "1\n00:00:00,000 --> 00:00:04,000\nShe comes.\n"), { file: "the-well.srt", format: "SubRip subtitles" });
    assert.deepEqual(sourceOf("C:\\Users\\ann\\well.txt", "She comes."), { file: "well.txt", format: "plain text" });
  });

  it("tell the narration in paragraphs, and keep the prose of a source that had it", () => {
    const cues = [{ text: "Who is there?", speaker: "A" }, { text: "It is me.", speaker: "B" }, { text: "Only me.", speaker: "B" }];
    assert.equal(newStoryTexts(newStory(cues)).get("narration.md"), "Who is there?\n\nIt is me. Only me.\n");
    assert.equal(newStoryTexts(newStory(cues, { prose: "Once.\n\nTwice.\n\n" })).get("narration.md"), "Once.\n\nTwice.\n");
  });

  it("keep the paragraphs of a text", () => {
    const text = "Once there was a well.\n\nShe came. She drank.\n\nThen she went.\n";
    const { transcript } = readTranscript({ name: "well.txt", bytes: new TextEncoder().encode(text) }, { wordsPerMinute: 150 });
    assert.equal(`${proseOfTranscript(transcript!)}\n`, text);
    assert.equal(proseOfTranscript({ ...transcript!, cues: [{ start: 0, end: 1, text: "No prose." }] }), undefined);
  });

  it("have every word of the segments in narration.md, in their order", () => {
    const word = fc.stringMatching(/^[a-zäöü]{1,9}[.!?,]?$/);
    const cue = fc.record({ text: fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(" ")), speaker: fc.constantFrom("A", "B") });
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), (cues) => {
        const said = cues.map(({ text }) => text).join(" ").split(/\s+/);
        assert.deepEqual(newStoryTexts(newStory(cues)).get("narration.md")!.trim().split(/\s+/), said);
      }),
      { numRuns: 50 },
    );
  });

  it("take a title from the name of a file", () => {
    assert.deepEqual(["apollo-11.whisper.json", "/a/b/the_well.srt", "C:\\x\\Ève.txt", ".srt", ""].map(titleOfFile), ["Apollo 11", "The well", "Ève", "Untitled", "Untitled"]);
  });
});
