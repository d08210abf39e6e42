import { QuickInputButtons, window, type QuickPickItem } from "vscode";

export interface QuickPickOptions<Item extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  /** The list for what is typed. */
  readonly items: (typed: string) => readonly Item[];
  /** Whether the line can be chosen; others only tell something. */
  readonly isChoosable: (item: Item) => boolean;
  readonly isCurrent?: (item: Item) => boolean;
  /** Adds to the list while it is open; `refresh` draws it anew. */
  readonly load?: (refresh: () => void, signal: AbortSignal) => Promise<void>;
  readonly hasBack?: boolean;
}

/** A list that may grow while it is open. Undefined when it was closed. */
export function quickPick<Item extends QuickPickItem>(options: QuickPickOptions<Item>): Promise<Item | "back" | undefined> {
  const pick = window.createQuickPick<Item>();
  const control = new AbortController();
  /** Where the mark was put; a person who moved it is not moved back. */
  let placed: string | undefined;
  let drawn: string | undefined;
  const refresh = () => {
    if (control.signal.aborted) return;
    const marked = pick.activeItems[0]?.label;
    const hasMoved = marked !== undefined && marked !== placed;
    const items = options.items(pick.value);
    // Drawn anew only where something changed: nobody's mark is moved for nothing.
    const words = JSON.stringify(items.map(({ label, description, detail }) => [label, description, detail]));
    if (words === drawn) return;
    drawn = words;
    pick.items = items;
    if (pick.value !== "") return;
    const choosable = items.filter((item) => options.isChoosable(item));
    const active = choosable.find((item) => (hasMoved ? item.label === marked : options.isCurrent?.(item))) ?? choosable[0];
    if (!active) return;
    if (!hasMoved) placed = active.label;
    pick.activeItems = [active];
  };
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.buttons = options.hasBack ? [QuickInputButtons.Back] : [];
  refresh();
  return new Promise((resolve, reject) => {
    const end = (result: Item | "back" | undefined) => {
      resolve(result);
      control.abort();
      pick.hide();
    };
    pick.onDidChangeValue(refresh);
    pick.onDidTriggerButton(() => end("back"));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item && options.isChoosable(item)) end(item);
    });
    pick.onDidHide(() => {
      end(undefined);
      pick.dispose();
    });
    pick.busy = options.load !== undefined;
    void options.load?.(refresh, control.signal).then(
      () => !control.signal.aborted && (pick.busy = false),
      (error: unknown) => {
        if (control.signal.aborted) return;
        reject(error);
        pick.hide();
      },
    );
    pick.show();
  });
}
