import assert from "node:assert/strict";
import { join } from "node:path";
import { startFakeModelServer, type FakeModelServer } from "../support/fakeModelServer.ts";
import { modelList, says } from "../support/fakeModelServer/answers.ts";
import { answerTo } from "../support/fakeModelServer/answerTo.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

const CHOOSE = "Story Director: Choose AI Model";
const SERVER_STEP = "Other OpenAI-compatible server…";

describe("choosing a model on the workbench", () => {
  let workbench: Workbench;
  let server: FakeModelServer;
  const openAiKey = process.env["OPENAI_API_KEY"];

  before(async () => {
    // VS Code's server inherits it.
    delete process.env["OPENAI_API_KEY"];
    server = await startFakeModelServer(({ api, body }) => (api === "models" ? modelList("llama3", "qwen3") : says(answerTo(body))));
    workbench = await openWorkbench({
      folder: join(root, "samples", "the-yeast-works-nights"),
      extensions: [join(root, "test", "extension", "fixtures", "model-extension")],
      settings: { "storyDirector.model.provider": "openai" },
    });
  });

  after(async () => {
    if (openAiKey !== undefined) process.env["OPENAI_API_KEY"] = openAiKey;
    await workbench?.dispose();
    await server?.stop();
  });

  /** Models of other extensions arrive one by one, and rows are drawn one by one. */
  const offers = (...wanted: string[]) =>
    workbench.eventually(async () => {
      const found = await workbench.choices();
      assert.deepEqual(wanted.filter((label) => !found.includes(label)), [], `missing among ${found.join(", ")}`);
    });
  const asks = (title: string) => workbench.eventually(async () => assert.equal(await workbench.question(), title));
  const type = (text: string) => workbench.page.locator(".quick-input-widget input.input").first().fill(text);
  const describes = (text: string) => workbench.waitFor(`"${text}" beside the title`, () => workbench.page.locator(".pane-header .description").filter({ hasText: text }).count());

  it("is offered by the error of a run that has no key, and the key is typed unseen", async () => {
    await workbench.runCommand("Story Director: Regenerate Director's Script");
    const failed = await workbench.waitFor("the error", async () => (await workbench.notifications()).find(({ message }) => message.includes("No API key is set")));
    assert.match(failed.message, /for https:\/\/api\.openai\.com\. Set it, or choose another model/);
    assert.ok(failed.buttons.includes("Set API Key"), failed.buttons.join());
    await workbench.pressNotificationButton("Set API Key");
    await asks("API Key for https://api.openai.com");
    assert.equal(await workbench.page.locator(".quick-input-widget input.input").first().getAttribute("type"), "password");
    await workbench.screenshot("set-api-key");
    await workbench.page.keyboard.press("Escape");
  });

  it("keeps a key by its origin until it is cleared", async () => {
    await workbench.runCommand("Story Director: Set API Key");
    await asks("API Key for https://api.openai.com");
    await workbench.answer("sk canary");
    await workbench.waitFor("what is wrong with it", () => workbench.page.locator(".quick-input-message").filter({ hasText: "A key has no blanks" }).count());
    await workbench.answer("sk-canary");
    const says = (words: string) => workbench.waitFor(words, async () => (await workbench.notifications()).some(({ message }) => message.startsWith(words)));
    await says("The API key for https://api.openai.com is set.");
    await workbench.runCommand("Story Director: Clear API Key");
    await workbench.pick("https://api.openai.com");
    await says("The API key for https://api.openai.com was cleared.");
    await workbench.runCommand("Story Director: Clear API Key");
    await says("No API key is set.");
  });

  it("shows everything that can direct, with the current one marked", async () => {
    await workbench.runCommand(CHOOSE);
    await offers("Offline", "gpt-6.1-terra", "Other OpenAI model…", "Storyteller", "Sketch", SERVER_STEP);
    await workbench.eventually(async () => assert.match(await workbench.focusedChoice(), /gpt-6\.1-terra[\s\S]*chosen/));
    await workbench.screenshot("choose-model");
    await workbench.pick("Storyteller");
    // It goes away by itself: what stays is looked at later.
    const said = await workbench.waitFor("the choice", async () => (await workbench.notifications()).find(({ message }) => message.includes("directs from now on")));
    assert.match(said.message, /The story is sent to Storyteller \(story-director-test\) through VS Code/);
    assert.deepEqual(said.buttons, [], "what has a button stays until it is closed");
    await describes("story-director-test/storyteller-1");
  });

  it("says while an address is typed what is wrong with it", async () => {
    await workbench.runCommand(CHOOSE);
    await workbench.pick(SERVER_STEP);
    await offers("Ollama");
    await type("http://example.org/v1");
    const wrong = await workbench.waitFor("what is wrong with it", async () => (await workbench.choices()).find((label) => label.includes("unencrypted")));
    assert.match(wrong, /would send the story to example\.org unencrypted/);
    await workbench.screenshot("choose-server");
    await workbench.page.keyboard.press("Enter");
    // Who answers this has dealt with that before.
    await type("https://example.org/v1");
    await offers("https://example.org/v1");
    assert.equal(await workbench.question(), "Choose AI Model: Server", "what is wrong cannot be chosen");
  });

  it("takes a server by its address, and one of the models that it lists", async () => {
    await type(server.origin.replace("http://", ""));
    await workbench.eventually(async () => assert.ok((await workbench.focusedChoice()).includes(server.baseUrl)));
    await workbench.page.keyboard.press("Enter");
    await offers("llama3", "qwen3");
    await workbench.screenshot("choose-server-model");
    await workbench.pick("qwen3");
    await describes(`qwen3 at ${new URL(server.origin).host}`);
    assert.ok(server.calls.every(({ api, headers }) => api === "models" && headers.authorization === undefined));
  });

  it("directs, and says above the tree where the story goes and with which key", async () => {
    await workbench.runCommand("Story Director: Regenerate Director's Script");
    await workbench.waitFor("12 segments", async () => (await workbench.notifications()).find(({ message }) => message.includes("12/12 segments production-ready")));
    const told = `The story is sent to ${server.baseUrl}, without a key.`;
    await workbench.waitFor(told, () => workbench.page.locator(".tree-explorer-viewlet-tree-view .message").filter({ hasText: told }).count());
    await workbench.screenshot("model-run");
    assert.ok(server.calls.some(({ body }) => body.model === "qwen3"));
  });

  it("goes back to offline without a word", async () => {
    await workbench.runCommand(CHOOSE);
    await workbench.pick("Offline");
    await describes("Offline");
  });
});
