import assert from "node:assert/strict";
import { window, type MessageItem } from "vscode";
import * as compose from "../../../../src/compose.ts";
import { createDiskStore } from "../../../../src/story/diskStore.ts";
import { Runs } from "../../../../src/vscode/runs.ts";
import { ownPrices } from "../../../../src/vscode/settings.ts";
import { Spending } from "../../../../src/vscode/spending.ts";
import { progressItem } from "../../../../src/vscode/views/progressItem.ts";
import { meteredDirector, PRICE } from "../../../support/meteredRun.ts";
import { openedStory, segmentNames, type OpenedStory } from "../../openedStory.ts";

/** A dialog that was shown, with its buttons. */
interface Shown {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

type Answers = (shown: Shown) => string | undefined;

/** Answers every modal dialog as the test says, and records it. */
function answering(answers: Answers): { readonly shown: Shown[]; restore(): void } {
  const shown: Shown[] = [];
  const { showInformationMessage, showWarningMessage } = window;
  const show = async (message: string, options: { detail: string; modal: boolean }, ...items: readonly (string | MessageItem)[]) => {
    assert.equal(options.modal, true);
    const titles = items.map((item) => (typeof item === "string" ? item : item.title));
    const entry = { message, detail: options.detail, buttons: titles };
    shown.push(entry);
    const title = answers(entry);
    return items[titles.findIndex((name) => name === title)];
  };
  Object.assign(window, { showInformationMessage: show, showWarningMessage: show });
  return { shown, restore: () => void Object.assign(window, { showInformationMessage, showWarningMessage }) };
}

describe("money in VS Code", () => {
  let story: OpenedStory;
  let dialogs: ReturnType<typeof answering> | undefined;
  const lines: string[] = [];

  before(async () => {
    story = await openedStory();
  });

  afterEach(() => dialogs?.restore());

  /** Runs with a model that costs something, or whose price nobody knows. */
  const runsWith = (price: typeof PRICE | undefined) => {
    const store = createDiskStore(story.folder.fsPath);
    const engine = { ...compose, openStoryDirector: () => meteredDirector({ store, price }) };
    const log = { info: () => undefined, error: () => undefined };
    const abilities = { get: () => undefined, set: () => undefined };
    const chooseDirector = async () => ({ choice: { provider: "openai" } as const, told: undefined, origin: undefined });
    return new Runs(async () => engine, () => undefined, { log, abilities, chooseDirector, spending: new Spending((line) => lines.push(line)) });
  };

  it("takes a person's prices from the settings", () => {
    assert.deepEqual(ownPrices(), { "my-model": { input: 1, output: 5 } });
  });

  it("asks before a run that may cost more than is set, and starts nothing without a yes", async () => {
    dialogs = answering(() => undefined);
    await assert.rejects(runsWith(PRICE).direct(story.folder, {}), { name: "AbortError" });
    assert.match(dialogs.shown[0]!.message, /^Start\? It will cost about \$0\.\d\d to \$0\.\d\d\.$/);
    assert.match(dialogs.shown[0]!.detail, /^12 segments to direct, 0 to refresh, by fake\/model-1: 27 to \d+ calls/);
    assert.deepEqual(dialogs.shown[0]!.buttons, ["Start"]);
    assert.match(lines.at(-1)!, /^Estimate: 27 to/);
    assert.deepEqual(segmentNames(story), []);
  });

  it("pauses at the budget, and stops without an error message where the answer is no", async () => {
    dialogs = answering(({ buttons }) => (buttons.includes("Start") ? "Start" : "Stop"));
    const runs = runsWith(PRICE);
    await assert.rejects(runs.direct(story.folder, { batchSize: 2 }), { name: "AbortError" });
    const pause = dialogs.shown[1]!;
    assert.match(pause.message, /^The budget of \$0\.02 is spent: \$0\.\d\d so far\.$/);
    assert.match(pause.detail, /^“The Yeast Works Nights” pauses; what has begun is saved\./);
    assert.deepEqual(pause.buttons, ["Spend Another $0.02", "Go On Without Limit", "Stop"]);
    assert.ok(segmentNames(story).length > 0 && segmentNames(story).length < 12);
  });

  it("goes on where the answer is more, and shows at the story's row what it has cost", async () => {
    dialogs = answering(({ buttons }) => (buttons.includes("Start") ? "Start" : "Go On Without Limit"));
    const runs = runsWith(PRICE);
    const summary = await runs.direct(story.folder, { all: true, batchSize: 2 });
    assert.equal(summary.ready, 12);
    assert.equal(dialogs.shown.length, 2);
    const [node] = runs.all[0]!.progress.nodes;
    const { description } = progressItem(node!, { runId: "run-1", fold: { isOpen: false, epoch: 0 } });
    assert.match(String(description), /^12\/12 · \$0\.\d\d$/);
  });

  it("asks once in a session about a price that nobody knows", async () => {
    dialogs = answering(() => "Start");
    const runs = runsWith(undefined);
    for (const segment of ["1", "2"]) await runs.direct(story.folder, { segments: [segment] });
    assert.deepEqual(dialogs.shown.map(({ message }) => message), ["Start? What it will cost is unknown."]);
  });
});
