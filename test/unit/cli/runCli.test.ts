import assert from "node:assert/strict";
import { SelectionError, StoryDirectorError, StoryHeldError } from "../../../src/core/errors.ts";
import type { ProgressTask } from "../../../src/pipeline/ports.ts";
import { directing, runFake, summaryOf, type Directing } from "./fakeHost.ts";
import { problemsError } from "./storyTree.ts";

function failing(error: Error): Directing {
  return async () => {
    throw error;
  };
}

/** A run that goes on until it is stopped. */
const endless: Directing = (_request, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });

describe("runCli", () => {
  it("hands every flag to the run", async () => {
    const flags = "--segments 3,7-9 --overwrite-edits --keep-going --take-over --batch-size 5 --parallel-batches 2 --max-calls 4";
    const { code, requests, opened } = await runFake(["regenerate", "trumpet", ...flags.split(" ")], { direct: async () => summaryOf() });
    assert.equal(code, 0);
    assert.deepEqual(opened, [{ folder: "trumpet", maxCalls: 4, director: { provider: "offline" } }]);
    assert.deepEqual(requests, [{ segments: ["3", "7-9"], overwriteEdits: true, keepGoing: true, takeOver: true, batchSize: 5, parallelBatches: 2 }]);
  });

  it("remembers what servers can do in the user's cache folder", async () => {
    const { opened } = await runFake(["regenerate", "trumpet"], { direct: async () => summaryOf(), env: { HOME: "/home/maria" } });
    assert.deepEqual(opened[0]!.abilities, { file: "/home/maria/.cache/story-director/servers.json" });
  });

  it("hands the models and the reasoning effort to the director", async () => {
    const flags = "--base-url http://localhost:1/v1 --model big --optimizer-model small --reasoning-effort high";
    const { opened } = await runFake(["regenerate", "trumpet", ...flags.split(" ")], { direct: async () => summaryOf() });
    assert.deepEqual(opened[0]!.director, { provider: "compatible", baseUrl: "http://localhost:1/v1", apiKey: undefined, model: "big", optimizerModel: "small", reasoningEffort: "high" });
  });

  it("hands on who draws images and how, and says that each is a call", async () => {
    const flags = "--base-url http://localhost:1/v1 --model m --image-model painter --image-size 1536x1024 --image-quality low --parallel-images 2";
    const { out, opened, requests } = await runFake(["regenerate", "trumpet", ...flags.split(" ")], { direct: async () => summaryOf() });
    assert.deepEqual(opened[0]!.images, { model: "painter", size: "1536x1024", quality: "low", parallel: 2 });
    assert.deepEqual(requests, [{}]);
    assert.match(out, /^The story is sent to .*\nImages of assets that have none are drawn there by painter; each is one call\.\n/);
  });

  it("draws no images where they are turned off, and does not speak of them", async () => {
    const flags = "--base-url http://localhost:1/v1 --model m --image-model painter --no-images";
    const { out, requests } = await runFake(["regenerate", "trumpet", ...flags.split(" ")], { direct: async () => summaryOf() });
    assert.deepEqual(requests, [{ images: false }]);
    assert.doesNotMatch(out, /painter/);
  });

  it("asks for nothing in particular without flags, and for everything with --all", async () => {
    assert.deepEqual((await runFake(["regenerate", "trumpet"], { direct: async () => summaryOf() })).requests, [{}]);
    assert.deepEqual((await runFake(["regenerate", "trumpet", "--all"], { direct: async () => summaryOf() })).requests, [{ all: true }]);
  });

  const WRONG: readonly (readonly [args: string, expected: RegExp])[] = [
    ["regenrate trumpet", /unknown command 'regenrate'\n\(Did you mean regenerate\?\)/],
    ["regenerate", /missing required argument 'folder'/],
    ["regenerate trumpet --keepgoing", /\(Did you mean --keep-going\?\)/],
    ["regenerate trumpet --batch-size 0", /whole number from 1/],
    ["regenerate trumpet --provider openai --reasoning-effort hard", /Allowed choices are none, minimal, low/],
    ["regenerate trumpet --max-calls many", /whole number from 1/],
    ["regenerate trumpet --segments ,", /a list such as/],
    ["regenerate trumpet --image-model painter", /--image-model goes with --provider openai or compatible/],
    ["regenerate trumpet --image-size 1024x1024", /go with --image-model/],
    ["regenerate trumpet --image-size large", /width x height such as 1536x1024/],
    ["regenerate trumpet --image-quality best", /Allowed choices are auto, low/],
    ["regenerate trumpet --all --segments 3", /cannot be used with/],
    ["check trumpet more", /too many arguments/],
    ["", /Usage: story-director/],
  ];
  for (const [args, expected] of WRONG) {
    it(`exits with 2 and says why for "${args}"`, async () => {
      const { code, out, err, opened } = await runFake(args.split(" ").filter(Boolean));
      assert.equal(code, 2);
      assert.match(err, expected);
      assert.equal(out, "");
      assert.equal(opened.length, 0);
    });
  }

  it("prints help and version, and is done", async () => {
    const help = await runFake(["regenerate", "--help"]);
    assert.equal(help.code, 0);
    assert.match(help.out, /--overwrite-edits/);
    const version = await runFake(["--version"]);
    assert.deepEqual([version.code, version.out], [0, "1.2.3\n"]);
  });

  it("exits with 1 and prints the error, each problem with its place and hint, and what to do", async () => {
    const error = problemsError("segment_2");
    error.also = [new StoryDirectorError("segments/segment_3.md cannot be written"), new DOMException("stopped", "AbortError")];
    const { code, err } = await runFake(["regenerate", "trumpet"], { direct: failing(error) });
    assert.equal(code, 1);
    assert.deepEqual(err.trimEnd().split("\n"), [
      "error: segment_2 is not production-ready",
      "  segments/segment_2.md:14:3 SCENE  error  @marai is no asset of this story",
      "      Did you mean @maria?",
      "  segments/segment_2.md:18:21 CAMERA  error  @trumpet is not defined in TAGS",
      "      Add a line - @trumpet: … to TAGS.",
      "also failed: segments/segment_3.md cannot be written",
    ]);
  });

  it("says where a model's answer is kept, also of what failed beside the first", async () => {
    const [error, other] = [new StoryDirectorError("No draft came", { hint: "Try again." }), new StoryDirectorError("No final came")];
    error.bundle = ".story-director/failures/a.md";
    other.bundle = ".story-director/failures/b.md";
    error.also = [other];
    const { err } = await runFake(["regenerate", "trumpet"], { direct: failing(error) });
    assert.deepEqual(err.trimEnd().split("\n"), [
      "error: No draft came",
      "Try again.",
      "The model's answer is kept in .story-director/failures/a.md",
      "also failed: No final came",
      "  The model's answer is kept in .story-director/failures/b.md",
    ]);
  });

  it("prints the hint of an error that has no problems", async () => {
    const error = new StoryHeldError("Another run holds the story", { hint: "Wait for it, or stop it." });
    const { code, err } = await runFake(["regenerate", "trumpet"], { direct: failing(error) });
    assert.equal(code, 1);
    assert.equal(err, "error: Another run holds the story\nWait for it, or stop it.\n");
  });

  it("takes segments that the story does not have for wrong usage", async () => {
    const { code } = await runFake(["regenerate", "trumpet", "--segments", "99"], { direct: failing(new SelectionError("No such segment")) });
    assert.equal(code, 2);
  });

  it("prints the stack of a bug and asks for a report", async () => {
    const { code, err } = await runFake(["regenerate", "trumpet"], { direct: failing(new TypeError("x is not a function")) });
    assert.equal(code, 1);
    assert.match(err, /^This is a bug in Story Director\. Please report it/);
    assert.match(err, /story-director 1\.2\.3, Node v/);
    assert.match(err, /TypeError: x is not a function\n {4}at /);
  });

  it("says after a failure what is saved and how to go on", async () => {
    const atSegment = (id: string, batch: ProgressTask) =>
      batch.run(id, () => (id === "segment_3" ? Promise.reject(problemsError(id)) : Promise.resolve()));
    const { code, err } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 5, atSegment }) });
    assert.equal(code, 1);
    assert.match(err, /\n2 of 5 segments are production-ready and saved; run the same command again to go on from there\.\n$/);
    const all = await runFake(["regenerate", "trumpet", "--all"], { direct: directing({ segments: 5, atSegment }) });
    assert.match(all.err, /run the command again without --all to go on from there\.\n$/);
  });

  it("stops at the first interrupt, says so, and exits with 130", async () => {
    const { code, out, err, exits } = await runFake(["regenerate", "trumpet"], { direct: endless, onListen: (interrupt) => setImmediate(interrupt) });
    assert.equal(code, 130);
    assert.match(out, /Ctrl\+C again exits at once/);
    assert.equal(err, "Stopped.\n");
    assert.deepEqual(exits, []);
  });

  it("exits at once at the second interrupt", async () => {
    const onListen = (interrupt: () => void) =>
      setImmediate(() => {
        interrupt();
        interrupt();
      });
    const { exits } = await runFake(["regenerate", "trumpet"], { direct: endless, onListen });
    assert.deepEqual(exits, [130]);
  });

  it("tells of a failure that came with the interrupt, and still exits with 130", async () => {
    const direct: Directing = (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new StoryDirectorError("the disk is full")));
      });
    const { code, err } = await runFake(["regenerate", "trumpet"], { direct, onListen: (interrupt) => setImmediate(interrupt) });
    assert.equal(code, 130);
    assert.equal(err, "error: the disk is full\nStopped.\n");
  });
});

describe("runCli with --json", () => {
  it("prints one event a line and nothing else", async () => {
    const { code, out, err } = await runFake(["regenerate", "trumpet", "--json"], { direct: directing({ segments: 2 }) });
    const events = out.trimEnd().split("\n").map((line) => JSON.parse(line) as { event: string; path?: string });
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.equal(events[0]?.event, "run-start");
    assert.equal(events.at(-1)?.event, "run-end");
    assert.ok(events.some(({ path }) => path === "story/script/batch-1/segment_2"));
  });

  it("prints the end itself where the run could not start", async () => {
    const { code, out } = await runFake(["regenerate", "trumpet", "--json"], { direct: failing(new StoryHeldError("held", { hint: "Wait." })) });
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), { event: "run-end", outcome: "failed", message: "held", hint: "Wait.", problems: [] });
  });

  it("prints one end, also where the run failed on its way", async () => {
    const atSegment = () => Promise.reject(problemsError("segment_1"));
    const { code, out, err } = await runFake(["regenerate", "trumpet", "--json"], { direct: directing({ segments: 2, atSegment }) });
    assert.equal(code, 1);
    assert.equal(out.match(/"run-end"/g)?.length, 1);
    assert.match(err, /^error: segment_1 is not production-ready\n/);
  });

  it("prints nothing more when it is interrupted", async () => {
    const options = { direct: endless, onListen: (interrupt: () => void) => void setImmediate(interrupt) };
    const { code, out } = await runFake(["regenerate", "trumpet", "--json"], options);
    assert.equal(code, 130);
    assert.equal(out, '{"event":"run-end","outcome":"cancelled"}\n');
  });
});
