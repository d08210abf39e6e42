import assert from "node:assert/strict";
import { runFake } from "./fakeHost.ts";

const SRT = "1\n00:00:00,000 --> 00:00:04,000\nShe comes to the well.\n\n2\n00:00:04,000 --> 00:00:08,500\nShe drinks, and goes.\n";
const WHISPER = JSON.stringify({
  language: "en",
  text: " She drinks. Thanks for watching!",
  segments: [
    { id: 0, start: 0, end: 4, text: " She drinks.", no_speech_prob: 0.01, avg_logprob: -0.2, compression_ratio: 1.1 },
    { id: 1, start: 4, end: 8, text: " Thanks for watching!", no_speech_prob: 0.9, avg_logprob: -1.2, compression_ratio: 1.1 },
  ],
});

describe("new", () => {
  it("makes a story from subtitles, and says what it is and what comes next", async () => {
    const { code, out, err, created } = await runFake(["new", "the-well", "--from", "the-well.srt"], { files: { "the-well.srt": SRT } });
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(out.trimEnd().split("\n"), [
      "“The well”: 2 segments, 0:08, times aligned, from SubRip subtitles → the-well",
      "Next: story-director regenerate the-well",
    ]);
    const [{ folder, story }] = created as [(typeof created)[0]];
    assert.equal(folder, "the-well");
    assert.deepEqual(story.segments.map(({ start, end, narration }) => [start, end, narration]), [[0, 4, "She comes to the well."], [4, 8.5, "She drinks, and goes."]]);
    assert.deepEqual(story.outputs, { main: { profile: "general", aspectRatio: "16:9" } });
    assert.deepEqual(story.source, { file: "the-well.srt", format: "SubRip subtitles" });
  });

  it("takes title, language, look, outputs, lengths and pace from the arguments", async () => {
    const argv = ["new", "w", "--from", "w.txt", "--title", "Well!", "--language", "de", "--look", "Ink.", "--output", "veo-3.1", "--output", "kling-3:9:16", "--shot-length", "1,2,3", "--frame-rate", "25", "--words-per-minute", "60"];
    const { code, created } = await runFake(argv, { files: { "w.txt": "One two three four five six." } });
    assert.equal(code, 0);
    const { story } = created[0]!;
    assert.deepEqual([story.title, story.language, story.look, story.frameRate, story.basis], ["Well!", "de", "Ink.", 25, "estimated"]);
    assert.deepEqual(story.outputs, { main: { profile: "veo-3.1", aspectRatio: "16:9" }, "kling-3": { profile: "kling-3", aspectRatio: "9:16" } });
    assert.ok(story.segments.length >= 2);
    assert.ok(story.segments.every(({ start, end }) => end - start <= 3.05));
  });

  it("lists what a transcriber seems to have made up, and leaves it out only when told to", async () => {
    const files = { "t.json": WHISPER };
    const kept = await runFake(["new", "t", "--from", "t.json"], { files });
    assert.match(kept.out, /1 doubtful cue kept; --leave-out-doubtful makes the story without\./);
    assert.match(JSON.stringify(kept.created), /Thanks for watching/);
    const left = await runFake(["new", "t", "--from", "t.json", "--leave-out-doubtful"], { files });
    assert.match(left.out, /1 doubtful cue left out\./);
    assert.doesNotMatch(JSON.stringify(left.created), /Thanks for watching/);
  });

  it("starts the story where time codes start, says so with the line, and keeps the silence before when told to", async () => {
    const files = { "well.srt": "1\n01:00:04,000 --> 01:00:08,000\nShe comes to the well.\n\n2\n01:00:08,000 --> 01:00:12,500\nShe drinks, and goes.\n" };
    const started = await runFake(["new", "w", "--from", "well.srt"], { files });
    assert.deepEqual(started.created[0]!.story.segments.map(({ start, end }) => [start, end]), [[0, 4], [4, 8], [8, 12.5]]);
    assert.match(started.out, /well\.srt:2:1.*nothing is said before 1:00:04\.000; that is taken for a time code, and the story starts at 1:00:00\.000[^]*--keep-time-codes/);
    const kept = await runFake(["new", "w", "--from", "well.srt", "--keep-time-codes"], { files });
    assert.deepEqual([kept.created[0]!.story.segments.at(-1)!.end, kept.out.includes("time code")], [3612.5, false]);
  });

  it("makes nothing from a file that cannot be read, and says what is wrong and where", async () => {
    const broken = await runFake(["new", "w", "--from", "w.srt"], { files: { "w.srt": "1\n00:00:05,000 --> 00:00:xx,000\nHello\n" } });
    assert.equal(broken.code, 1);
    assert.deepEqual(broken.created, []);
    assert.match(broken.err, /error: w\.srt cannot be made into a story/);
    const missing = await runFake(["new", "w", "--from", "nothing.srt"]);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /nothing\.srt could not be read/);
    const silent = await runFake(["new", "w", "--from", "w.txt"], { files: { "w.txt": "\n\n" } });
    assert.equal(silent.code, 1);
    assert.deepEqual(silent.created, []);
  });

  it("refuses arguments that cannot be right", async () => {
    for (const [flag, value, words] of [["--output", "veo-9", /Known are veo-3\.1/], ["--output", "veo-3.1:1:1", /makes 16:9, 9:16/], ["--shot-length", "5,2,8", /the shortest first/], ["--frame-rate", "0", /above 0/]] as const) {
      const { code, err, created } = await runFake(["new", "w", "--from", "w.srt", flag, value], { files: { "w.srt": SRT } });
      assert.equal(code, 2);
      assert.match(err, words);
      assert.deepEqual(created, []);
    }
    assert.equal((await runFake(["new", "w"])).code, 2);
  });
});
