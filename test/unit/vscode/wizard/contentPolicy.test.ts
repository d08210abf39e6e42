import assert from "node:assert/strict";
import { contentPolicy } from "../../../../src/vscode/wizard/contentPolicy.ts";

describe("the content security policy of the form's page", () => {
  const directives = new Map(contentPolicy("https://extension.example", "n0nce").split("; ").map((directive) => [directive.split(" ")[0]!, directive.split(" ").slice(1)]));

  it("lets in what is named, and nothing else", () => {
    assert.deepEqual([...directives], [
      ["default-src", ["'none'"]],
      ["script-src", ["'nonce-n0nce'"]],
      ["style-src", ["https://extension.example"]],
      ["img-src", ["https://extension.example", "data:"]],
    ]);
  });

  it("runs no script without the nonce, and loads nothing from anywhere on the net", () => {
    const all = [...directives.values()].flat();
    for (const source of ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"]) assert.ok(!all.includes(source), source);
    assert.ok(!directives.get("script-src")!.includes("data:"));
  });
});
