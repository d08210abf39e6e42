import { tell } from "./host.ts";

/** Takes files that are dropped anywhere on the page, from the desktop or from VS Code's explorer. */
export function acceptFiles(target: Document, maxBytes: () => number): void {
  const mark = (isOver: boolean) => target.body.classList.toggle("dropping", isOver);
  target.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  target.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(false);
  });
  target.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(false);
    if (event.dataTransfer) void takeDropped(event.dataTransfer, maxBytes());
  });
}

/** Words that are dragged from one place of a text to another are no file. */
function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.some((type) => type === "Files" || type.endsWith("uri-list")) ?? false;
}

async function takeDropped(data: DataTransfer, maxBytes: number): Promise<void> {
  const list = data.getData("application/vnd.code.uri-list") || data.getData("text/uri-list");
  const uris = list.split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  const [file] = data.files;
  if (uris.length) return tell({ type: "uris", uris });
  if (!file) return;
  if (file.size > maxBytes) return tell({ type: "unread", name: file.name, reason: `it has ${Math.round(file.size / 1e6)} MB; at most ${maxBytes / 1e6} MB are taken.` });
  try {
    tell({ type: "file", name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    tell({ type: "unread", name: file.name, reason: "it is a folder, or may not be read." });
  }
}
