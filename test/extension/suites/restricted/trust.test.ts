import assert from "node:assert/strict";
import { extensions, workspace } from "vscode";

describe("the extension in a folder that is not trusted", () => {
  it("is there in Restricted Mode", () => {
    assert.equal(workspace.isTrusted, false);
    assert.ok(extensions.getExtension("story-director.story-director"));
  });
});
