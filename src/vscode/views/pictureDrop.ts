import { EventEmitter, Uri, type DataTransfer, type Disposable, type Event, type TreeDragAndDropController } from "vscode";
import type { AssetRow, StoriesElement } from "./storiesTree.ts";

export interface DroppedPicture {
  readonly row: AssetRow;
  readonly uri: Uri;
}

/** Files dropped on an asset's row, from the explorer or from outside. */
export class PictureDrop implements TreeDragAndDropController<StoriesElement>, Disposable {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes = ["text/uri-list"];
  readonly #dropped = new EventEmitter<DroppedPicture>();

  readonly onDidDrop: Event<DroppedPicture> = this.#dropped.event;

  async handleDrop(target: StoriesElement | undefined, data: DataTransfer): Promise<void> {
    const list = await data.get("text/uri-list")?.asString();
    const [first] = (list ?? "").split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
    if (first !== undefined && target?.kind === "asset") this.#dropped.fire({ row: target, uri: Uri.parse(first) });
  }

  dispose(): void {
    this.#dropped.dispose();
  }
}
