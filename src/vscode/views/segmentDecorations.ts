import { EventEmitter, ThemeColor, Uri, window, type Disposable, type FileDecoration, type FileDecorationProvider } from "vscode";
import type { SegmentView } from "../../core/outline.ts";
import type { Stories } from "../stories.ts";

/** A scheme of our own: a file's real address would bring the colours of Git and of problems along. */
const SCHEME = "story-director-segment";

export function segmentUri(folder: Uri, id: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `${folder.path}/${id}`, query: folder.toString() });
}

/** Shows a segment's state beside its row. VS Code asks only for rows that are in sight. */
export class SegmentDecorations implements FileDecorationProvider, Disposable {
  readonly #stories: Stories;
  readonly #emitter = new EventEmitter<Uri[] | undefined>();
  readonly #disposables: Disposable[];

  readonly onDidChangeFileDecorations = this.#emitter.event;

  constructor(stories: Stories) {
    this.#stories = stories;
    this.#disposables = [
      this.#emitter,
      window.registerFileDecorationProvider(this),
      stories.onDidChangeStory(({ story, segments }) => this.#emitter.fire(segments?.map((id) => segmentUri(story.folder, id)))),
    ];
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    if (uri.scheme !== SCHEME) return undefined;
    const story = this.#stories.known.find(({ folder }) => folder.toString() === uri.query);
    const view = await story?.segment(uri.path.split("/").at(-1)!).catch(() => undefined);
    return view && decorationOf(view);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function decorationOf({ state, why }: SegmentView): FileDecoration | undefined {
  const tooltip = why ? `${state}: ${why}` : state;
  switch (state) {
    case "up to date":
      return { badge: "✓", tooltip };
    case "stale":
      return { badge: "↻", tooltip, color: new ThemeColor("charts.yellow") };
    case "kept":
      return { badge: "✎", tooltip, color: new ThemeColor("charts.blue") };
    case "not made yet":
      return { badge: "○", tooltip, color: new ThemeColor("disabledForeground") };
    case "unreadable":
      return { badge: "!", tooltip, color: new ThemeColor("charts.red") };
  }
}
