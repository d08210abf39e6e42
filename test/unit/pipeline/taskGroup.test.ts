import assert from "node:assert/strict";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import { createTaskGroup } from "../../../src/pipeline/taskGroup.ts";

const aborted = () => new DOMException("stopped", "AbortError");

describe("a task group", () => {
  it("waits for all, also for work that other work adds", async () => {
    const control = new AbortController();
    const group = createTaskGroup({ control, keepGoing: false });
    const done: string[] = [];
    const later = async (name: string) => {
      await new Promise(setImmediate);
      done.push(name);
    };
    group.add(later("first").then(() => group.add(later("second"))));
    await group.settle();
    assert.deepEqual(done, ["first", "second"]);
  });

  it("stops the others at the first failure, and throws that one", async () => {
    const control = new AbortController();
    const group = createTaskGroup({ control, keepGoing: false });
    const failure = new StoryDirectorError("first");
    group.add(new Promise((_, reject) => control.signal.addEventListener("abort", () => reject(aborted()))));
    group.add(Promise.reject(failure));
    await assert.rejects(group.settle(), failure);
    assert.ok(control.signal.aborted);
    assert.deepEqual(failure.also, []);
  });

  it("carries what else failed in also, each once", async () => {
    const nested = new StoryDirectorError("nested");
    const [first, second] = [new StoryDirectorError("first"), new StoryDirectorError("second")];
    second.also = [nested, first];
    const group = createTaskGroup({ control: new AbortController(), keepGoing: true });
    for (const failure of [first, second, nested]) group.add(Promise.reject(failure));
    await assert.rejects(group.settle(), first);
    assert.deepEqual(first.also, [second, nested]);
  });

  it("stops the others where it was to keep going, but nothing else can go well", async () => {
    const control = new AbortController();
    const group = createTaskGroup({ control, keepGoing: true });
    group.add(Promise.reject(new StoryDirectorError("this one only")));
    await assert.rejects(group.settle());
    assert.equal(control.signal.aborted, false);
    group.add(Promise.reject(new StoryDirectorError("the key was refused", { endsRun: true })));
    await assert.rejects(group.settle());
    assert.ok(control.signal.aborted);
  });

  it("lets the others finish when it is to keep going, but not when it is stopped", async () => {
    const control = new AbortController();
    const group = createTaskGroup({ control, keepGoing: true });
    group.add(Promise.reject(new Error("no")));
    await assert.rejects(group.settle(), /no/);
    assert.equal(control.signal.aborted, false);
    group.add(Promise.reject(aborted()));
    await assert.rejects(group.settle());
    assert.ok(control.signal.aborted);
  });

  it("throws an AbortError where there was nothing worse", async () => {
    const group = createTaskGroup({ control: new AbortController(), keepGoing: false });
    group.add(Promise.reject(aborted()));
    await assert.rejects(group.settle(), { name: "AbortError" });
  });
});
