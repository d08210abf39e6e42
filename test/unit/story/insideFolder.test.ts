import assert from "node:assert/strict";
import { realpathSync, symlinkSync } from "node:fs";
import { join, sep } from "node:path";
import { StorageError } from "../../../src/core/errors.ts";
import { nodeFiles } from "../../../src/story/files.ts";
import { findInside } from "../../../src/story/insideFolder.ts";
import { tempFolders } from "../../support/tempFolder.ts";
import { callsOf } from "./watchedFiles.ts";

describe("a path inside the story", () => {
  const makeFolder = tempFolders();

  const linkedStory = () => {
    const outside = makeFolder({ "secret.md": "secret", "deep/secret.md": "secret" });
    const folder = makeFolder({ "assets/maria.md": "m", "shared/dog.md": "d", "shared/deep/cat.md": "c", "story.yaml": "s" });
    const links = {
      "assets/dog.md": join(folder, "shared/dog.md"),
      "assets/deep": join(folder, "shared/deep"),
      "assets/round": join(folder, "assets"),
      "assets/self": join(folder, "assets/self"),
      "assets/gone.md": join(folder, "shared/gone.md"),
      "assets/out.md": join(outside, "secret.md"),
      "assets/outGone.md": join(outside, "gone.md"),
      "assets/outside": outside,
      "segments": join(outside, "deep"),
      "shared/back": `..${sep}assets`,
      "shared/up": `..${sep}..`,
    };
    for (const [path, goal] of Object.entries(links)) symlinkSync(goal, join(folder, path));
    return folder;
  };

  it("leads where the system's own look through every link does, or is refused where that is outside", async () => {
    const folder = linkedStory();
    const firsts = ["assets", "segments", "shared", "gone", "story.yaml"];
    const names = ["maria.md", "dog.md", "deep", "round", "self", "gone.md", "out.md", "outGone.md", "outside", "back", "up", "secret.md", "cat.md", "new.md"];
    const nested = names.flatMap((name) => ["deep", "round", "outside", "back", "up", "dog.md"].map((middle) => `${middle}/${name}`));
    const paths = firsts.flatMap((first) => [first, ...[...names, ...nested].map((rest) => `${first}/${rest}`)]);
    const seen = { inside: 0, free: 0, outside: 0, none: 0 };
    for (const path of paths) {
      const real = systemPath(join(folder, path));
      const parent = systemPath(join(folder, path, ".."));
      const place = await findInside(folder, path, nodeFiles).catch((error: unknown) => error);
      const isInside = (found: string) => found === folder || found.startsWith(folder + sep);
      if (place instanceof Error) {
        const isLoopOrFile = !(place instanceof StorageError);
        assert.ok(isLoopOrFile || real === undefined || !isInside(real), `${path} is refused`);
        seen.outside++;
      } else if (place === undefined) {
        assert.equal(parent, undefined, `${path} has a folder`);
        seen.none++;
      } else {
        const { path: found, isTaken } = place as { path: string; isTaken: boolean };
        assert.equal(isTaken, real !== undefined, path);
        if (real !== undefined) assert.equal(realpathSync(found), real, path);
        assert.ok(isInside(realpathSync(isTaken ? found : join(found, ".."))), `${path} leads to ${found}`);
        seen[isTaken ? "inside" : "free"]++;
      }
    }
    assert.ok(Object.values(seen).every((count) => count > 3), JSON.stringify(seen));
  });

  it("refuses what names no place inside", async () => {
    for (const path of ["", ".", "..", "../x", "assets/../..", "/etc/x", "assets//x", "a\\b", "a\0b"]) await assert.rejects(findInside(linkedStory(), path, nodeFiles), StorageError, path);
  });

  it("takes two looks for a file, and follows links only where there is one", async () => {
    const folder = linkedStory();
    for (const name of ["maria.md", "new.md"]) assert.deepEqual(await callsOf((files) => findInside(folder, `assets/${name}`, files)), ["lstat", "lstat"]);
    assert.ok((await callsOf((files) => findInside(folder, "assets/dog.md", files))).includes("realpath"));
  });

  it("says so when the story folder itself went away", async () => {
    const gone = join(makeFolder(), "gone");
    for (const path of ["story.yaml", "assets/maria.md"]) await assert.rejects(findInside(gone, path, nodeFiles), /ENOENT/);
  });
});

function systemPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
