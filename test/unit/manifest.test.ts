import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMMANDS, CONTEXT_KEYS, VIEWS } from "../../src/vscode/ids.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(join(root, "package.json"), "utf8");
const { contributes } = JSON.parse(text) as {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    views: Record<string, { id: string }[]>;
    viewsContainers: { activitybar: { icon: string }[] };
    menus: Record<string, { command: string; when?: string }[]>;
    configuration: { properties: Record<string, { scope?: string }> };
  };
};

describe("the manifest of the extension", () => {
  it("names the very commands and views that the code registers", () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
    assert.deepEqual(Object.values(contributes.views).flat().map(({ id }) => id).sort(), Object.values(VIEWS).sort());
  });

  it("puts every command under one category, with a title of its own", () => {
    assert.ok(contributes.commands.every(({ category }) => category === "Story Director"));
    assert.equal(new Set(contributes.commands.map(({ title }) => title)).size, contributes.commands.length);
  });

  it("has no menu for a command that is not there, and no condition on a key that nobody sets", () => {
    const commands = new Set<string>(Object.values(COMMANDS));
    const known = new Set<string>([...Object.values(CONTEXT_KEYS), ...Object.values(VIEWS)]);
    for (const { command, when = "" } of Object.values(contributes.menus).flat()) {
      assert.ok(commands.has(command), command);
      for (const [key] of when.matchAll(/storyDirector\.\w+/g)) assert.ok(known.has(key), `${key} in ${when}`);
    }
  });

  it("offers whatever changes an asset at its row", () => {
    const offered = contributes.menus["view/item/context"]!.filter(({ when = "" }) => when.endsWith("viewItem == asset")).map(({ command }) => command);
    const { renameAsset, editDescription, mergeAsset, addState, replacePicture, deleteAsset } = COMMANDS;
    for (const command of [renameAsset, editDescription, mergeAsset, addState, replacePicture, deleteAsset]) assert.ok(offered.includes(command), command);
  });

  it("uses every context key that the code sets", () => {
    for (const key of Object.values(CONTEXT_KEYS)) assert.ok(text.includes(key), key);
  });

  it("lets no workspace say where a story is sent or what that costs: only the look of the views is for it to set", () => {
    const open = Object.entries(contributes.configuration.properties).filter(([, { scope }]) => scope !== "application");
    assert.deepEqual(open.map(([name]) => name), ["storyDirector.progress.collapseCompletedBatches"]);
  });

  it("has an icon that follows the theme", () => {
    const [container] = contributes.viewsContainers.activitybar;
    const icon = readFileSync(join(root, container!.icon), "utf8");
    assert.match(icon, /currentColor/);
  });
});

describe("the README", () => {
  it("has the settings of package.json", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "settings-table.mjs"), "--check"], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  });

  it("leads to files that are there", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
    assert.ok(links.length > 0);
    assert.deepEqual(links.filter((path) => !existsSync(join(root, path))), []);
  });
});
