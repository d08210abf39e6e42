import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../../../src/compose.ts";
import { KNOWN_SERVERS, nameItems, serverItems } from "../../../../src/vscode/models/serverItems.ts";

describe("the servers that are offered", () => {
  const items = (typed: string, current = "") => serverItems(typed, { engine: { addressOf }, current });

  it("are known by addresses that are used as they stand", () => {
    for (const { baseUrl, label } of KNOWN_SERVERS) assert.equal(addressOf(baseUrl).baseUrl, baseUrl, label);
  });

  it("begin with what is typed, as it will be used", () => {
    assert.deepEqual(items("localhost:9999")[0], { label: "http://localhost:9999/v1", description: "use this address", baseUrl: "http://localhost:9999/v1", alwaysShow: true });
    assert.equal(items("https://models.example.org/openai/v1/chat/completions")[0]?.baseUrl, "https://models.example.org/openai/v1");
  });

  it("say while it is typed what is wrong with an address, and cannot be chosen then", () => {
    const [first] = items("http://example.org/v1");
    assert.match(first!.label, /unencrypted/);
    assert.match(first!.detail!, /https/);
    assert.equal(first!.baseUrl, undefined);
  });

  it("keep the one that is set, and take a name of the list for a name", () => {
    assert.equal(items("", "http://localhost:7/v1")[0]?.label, "http://localhost:7/v1");
    assert.deepEqual(items("oll").map(({ label }) => label), KNOWN_SERVERS.map(({ label }) => label));
    assert.deepEqual(items("", KNOWN_SERVERS[0]!.baseUrl).length, KNOWN_SERVERS.length);
  });

  it("never offer an address that the engine refuses, whatever is typed", () => {
    const parts = [["", "http://", "https://", "ftp://"], ["localhost", "127.0.0.1:1", "example.org", "[::1]", "me:secret@host", "169.254.1.1"], ["", "/", "/v1", "/v1/models//", "/v1?key=1", "#x"]];
    const address = fc.tuple(...parts.map((list) => fc.constantFrom(...list))).map((chosen) => chosen.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), address), (typed) => {
        for (const { baseUrl } of items(typed)) if (baseUrl !== undefined) assert.equal(addressOf(baseUrl).baseUrl, baseUrl);
      }),
    );
  });
});

describe("the models that are offered", () => {
  it("are those that the server lists, and whatever is typed", () => {
    const models = ["llama3", "qwen3"];
    assert.deepEqual(nameItems("", { models }).map(({ name }) => name), models);
    assert.deepEqual(nameItems("mine", { models }).map(({ name }) => name), ["mine", ...models]);
    assert.deepEqual(nameItems("qwen3", { models }).map(({ name }) => name), models);
  });

  it("can be typed where the server gives no list, and it is said why", () => {
    const trouble = { message: "Nothing answers at http://localhost:1/v1", hint: "Start it." };
    const [own, warning] = nameItems("mine", { models: [], trouble });
    assert.equal(own!.name, "mine");
    assert.deepEqual([warning!.label, warning!.detail, warning!.name], ["$(warning) Nothing answers at http://localhost:1/v1", "Start it. You can type the model's name.", undefined]);
  });
});
