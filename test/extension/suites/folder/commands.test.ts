import assert from "node:assert/strict";
import { commands, extensions } from "vscode";

describe("the extension in a story's folder", () => {
  it("starts when one of its commands is called", async () => {
    await commands.executeCommand("storyDirector.showLog");
    assert.equal(extensions.getExtension("story-director.story-director")?.isActive, true);
  });

  it("registers every command that its manifest names", async () => {
    const manifest: { contributes: { commands: { command: string }[] } } = extensions.getExtension("story-director.story-director")!.packageJSON;
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
