import assert from "node:assert/strict";
import { OPENAI_BASE_URL, parseEndpoint } from "../../../../src/ai/model/endpoint.ts";
import { keyProblem, Keys, OPENAI_ORIGIN, tellKey, type KeysOptions } from "../../../../src/vscode/models/keys.ts";

const OTHER = "http://localhost:11434";

describe("API keys", () => {
  function secretsOf(kept: Map<string, string> = new Map()): KeysOptions["secrets"] {
    return {
      get: async (name) => kept.get(name),
      store: async (name, value) => void kept.set(name, value),
      delete: async (name) => void kept.delete(name),
      keys: async () => [...kept.keys()],
    };
  }
  const broken: KeysOptions["secrets"] = {
    get: () => Promise.reject(new Error("no keyring")),
    store: () => Promise.reject(new Error("no keyring")),
    delete: () => Promise.reject(new Error("no keyring")),
    keys: () => Promise.reject(new Error("no keyring")),
  };
  const keysWith = (options: Partial<KeysOptions> = {}) => new Keys({ secrets: secretsOf(), environment: {}, ...options });

  it("are kept by the origin that they are for, and found for no other", async () => {
    const keys = keysWith();
    assert.equal(await keys.set(OTHER, " secret "), "stored");
    assert.deepEqual(await keys.find(OTHER), { value: "secret", source: "stored" });
    for (const origin of [OPENAI_ORIGIN, "http://localhost:1234", "https://localhost:11434", "http://localhost", `${OTHER}.example.org`]) assert.equal(await keys.find(origin), undefined, origin);
  });

  it("tell of a change that VS Code cannot tell of: one that lasts for this window alone", async () => {
    let changes = 0;
    const keys = keysWith({ secrets: broken, onChange: () => changes++ });
    await keys.set(OTHER, "a");
    await keys.clear(OTHER);
    await keys.clear(OTHER);
    assert.equal(changes, 2);
    const stored = keysWith({ onChange: () => assert.fail("VS Code tells of stored keys itself") });
    await stored.set(OTHER, "a");
    await stored.clear(OTHER);
  });

  it("are listed by origin, and forgotten one by one", async () => {
    const keys = keysWith({ secrets: secretsOf(new Map([["another extension's", "x"]])) });
    await keys.set(OTHER, "a");
    await keys.set(OPENAI_ORIGIN, "b");
    assert.deepEqual(await keys.origins(), [OTHER, OPENAI_ORIGIN].sort());
    await keys.clear(OTHER);
    assert.deepEqual([await keys.origins(), await keys.find(OTHER)], [[OPENAI_ORIGIN], undefined]);
  });

  it("come from the environment where none is kept: OpenAI's for OpenAI's own host, the other for all others", async () => {
    const keys = keysWith({ environment: { OPENAI_API_KEY: "for-openai", STORY_DIRECTOR_API_KEY: "for-others" } });
    assert.deepEqual(await keys.find(OPENAI_ORIGIN), { value: "for-openai", source: "OPENAI_API_KEY" });
    for (const origin of [OTHER, "http://api.openai.com", "https://api.openai.com.example.org", "https://eu.api.openai.com"]) {
      assert.deepEqual(await keys.find(origin), { value: "for-others", source: "STORY_DIRECTOR_API_KEY" }, origin);
    }
    await keys.set(OPENAI_ORIGIN, "mine");
    assert.equal((await keys.find(OPENAI_ORIGIN))?.value, "mine");
    assert.equal(await keysWith({ environment: { OPENAI_API_KEY: " " } }).find(OPENAI_ORIGIN), undefined);
  });

  it("last until the window closes where secrets cannot be stored", async () => {
    const keys = keysWith({ secrets: broken });
    assert.equal(await keys.find(OTHER), undefined);
    assert.equal(await keys.set(OTHER, "k"), "session");
    assert.deepEqual([await keys.find(OTHER), await keys.origins()], [{ value: "k", source: "session" }, [OTHER]]);
    await keys.clear(OTHER);
    assert.equal(await keys.find(OTHER), undefined);
  });

  it("are named by their source, never by what they are", async () => {
    const sources = ["stored", "session", "OPENAI_API_KEY", "STORY_DIRECTOR_API_KEY"] as const;
    const told = [undefined, ...sources.map((source) => ({ value: "canary", source }))].map((key) => tellKey(key, OTHER));
    assert.deepEqual(told, [
      "without a key",
      `with the key stored for ${OTHER}`,
      `with the key that you set for ${OTHER} in this window`,
      "with the key of OPENAI_API_KEY",
      "with the key of STORY_DIRECTOR_API_KEY",
    ]);
  });

  it("are looked at while they are typed", () => {
    assert.equal(keyProblem(" sk-abc\n"), undefined);
    for (const text of ["", "two words", "schlüssel", "a\nb"]) assert.notEqual(keyProblem(text), undefined, text);
  });

  it("know OpenAI's origin as the engine does", () => {
    assert.equal(parseEndpoint(OPENAI_BASE_URL).origin, OPENAI_ORIGIN);
  });
});
