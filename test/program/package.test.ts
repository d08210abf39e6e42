import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, temporaryFolders } from "./commandLine.ts";

describe("the npm package", () => {
  const folderFor = temporaryFolders();

  it("holds only what runs, and its command works where it is installed", function () {
    this.timeout(120_000);
    const folder = folderFor("install");
    mkdirSync(folder);
    const npm = (...args: string[]) => execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    const packed = JSON.parse(npm("pack", root, "--ignore-scripts", "--json")) as [{ filename: string; files: { path: string }[] }];
    const paths = packed[0].files.map(({ path }) => path).filter((path) => !path.startsWith("samples/"));
    assert.deepEqual(paths.sort(), ["CHANGELOG.md", "LICENSE", "README.md", "dist/THIRD-PARTY-NOTICES.txt", "dist/cli.cjs", "package.json"]);
    npm("install", join(folder, packed[0].filename), "--offline", "--ignore-scripts", "--no-audit", "--no-fund");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal(npm("exec", "--offline", "--", "story-director", "--version").trim(), version);
  });
});
