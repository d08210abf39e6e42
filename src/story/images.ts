import { StorageError } from "../core/errors.ts";
import { imageName, imagePath } from "../core/storyFolder.ts";
import type { ImageFile, StoryStore } from "../pipeline/ports.ts";
import { writeFileAtomic } from "./atomicFile.ts";
import { unlessMissing } from "./files.ts";
import { resolveInside } from "./insideFolder.ts";
import { explained } from "./storageError.ts";
import { placeToWrite, type StoryDisk } from "./storyDisk.ts";

/** More than this no image model takes, and no picture of one asset is (openai 7.57, images.d.ts: 50 MB). */
const MAX_IMAGE_BYTES = 50_000_000;

/** The part of the store that keeps the pictures of assets. */
export function imagesOf(disk: StoryDisk): Pick<StoryStore, "saveImage" | "readImage"> {
  return {
    saveImage: async (tag, image) => disk.turns.take(`image ${tag}`, () => saveImage(disk, tag, image)),
    readImage: (file) => readImage(disk, file),
  };
}

/** The first name that is free is taken in the very step that puts the image there. */
async function saveImage(disk: StoryDisk, tag: string, { bytes, type }: ImageFile): Promise<string> {
  const { files } = disk;
  for (let attempt = 1; ; attempt++) {
    const name = checkedName(tag, () => imageName(tag, type, attempt));
    const path = imagePath(name);
    const outcome = await explained(path, "saved", async () => {
      const { path: target, isTaken } = await placeToWrite(disk, path);
      // Asked first: writing megabytes only to find the name taken would be slow.
      if (isTaken) return "changed";
      return writeFileAtomic(target, bytes, { files, name: path, onlyNew: true });
    });
    if (outcome === "saved") return name;
  }
}

function readImage({ folder, files }: StoryDisk, file: string): Promise<Uint8Array | undefined> {
  const path = imagePath(file);
  return explained(path, "read", async () => {
    const full = await resolveInside(folder, path, files);
    const found = full === undefined ? undefined : await unlessMissing(files.stat(full));
    if (full === undefined || !found) return undefined;
    if (!found.isFile()) throw new StorageError(`${path} could not be read: this is no file`, { hint: "Put the picture itself there." });
    if (found.size > MAX_IMAGE_BYTES) throw new StorageError(`${path} could not be read: it is larger than 50 MB`, { hint: "Put a smaller picture there." });
    return unlessMissing(files.readFile(full));
  });
}

function checkedName(tag: string, nameOf: () => string): string {
  try {
    return nameOf();
  } catch (error) {
    const hint = "Tags are names of up to 63 of a-z, 0-9, _ and -, such as maria or maria/old.";
    throw new StorageError(`${JSON.stringify(tag)} is no tag`, { hint, cause: error });
  }
}
