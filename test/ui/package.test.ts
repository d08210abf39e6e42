import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ensureServer } from "../../scripts/host.mjs";
import { temporaryFolder } from "../host/temporary.ts";
import { openWorkbench, root } from "./workbench.ts";

const MOST_BYTES = 1_500_000;

describe("the packed extension", function () {
  this.timeout(600_000);
  let vsix: string;

  before(() => {
    const said = execFileSync(process.execPath, [join(root, "scripts", "package.mjs")], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    vsix = /Packed (.+\.vsix)/.exec(said)![1]!;
  });

  it("is smaller than one and a half megabytes and holds only what runs", () => {
    assert.ok(statSync(vsix).size < MOST_BYTES);
    const names = zipEntries(readFileSync(vsix)).filter((name) => !/\/(?:samples|screenshots|looks|walkthrough)\//.test(name));
    assert.deepEqual(names.sort(), [
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/changelog.md",
      "extension/dist/THIRD-PARTY-NOTICES.txt",
      "extension/dist/engine.cjs",
      "extension/dist/extension.cjs",
      "extension/dist/webview/newStory.css",
      "extension/dist/webview/newStory.js",
      "extension/media/new-story-dark.svg",
      "extension/media/new-story-light.svg",
      "extension/media/story-director.svg",
      "extension/package.json",
      "extension/readme.md",
    ]);
  });

  it("holds the sample story, and the pictures of the form and of the walkthrough", () => {
    const names = new Set(zipEntries(readFileSync(vsix)));
    for (const folder of ["samples/the-trumpet-and-the-silence", "media/looks", "media/walkthrough"]) {
      const files = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
      assert.ok(files.length > 3, folder);
      assert.deepEqual(files.map(({ name }) => `extension/${folder}/${name}`).filter((name) => !names.has(name)), []);
    }
  });

  it("installs, and directs a story", async () => {
    const host = ensureServer();
    assert.ok(!("missing" in host));
    const { path, remove } = temporaryFolder();
    try {
      const extensions = join(path, "extensions");
      const flags = ["--accept-server-license-terms", `--server-data-dir=${path}`, `--extensions-dir=${extensions}`];
      execFileSync(host.node, [host.serverMain, ...flags, "--install-extension", vsix], { stdio: "pipe" });
      const installed = readdirSync(extensions).find((name) => name.startsWith("story-director.story-director-"))!;
      const workbench = await openWorkbench({ folder: join(root, "samples", "the-yeast-works-nights"), extension: join(extensions, installed) });
      try {
        await workbench.runCommand("Story Director: Regenerate Director's Script");
        await workbench.waitFor("12 segments", async () => (await workbench.notifications()).find(({ message }) => message.includes("12/12 segments production-ready")));
      } finally {
        await workbench.dispose();
      }
    } finally {
      remove();
    }
  });
});

/** The names in a zip file's central directory (PKWARE's APPNOTE 4.3.12 and 4.3.16). */
function zipEntries(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [number, number, number];
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + extraLength + commentLength;
    return name;
  });
}
