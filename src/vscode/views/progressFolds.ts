import type { ProgressNode } from "../../progress/progressTree.ts";

/** Whether a group is open, and the number of times that we opened or closed it. */
export interface Fold {
  readonly isOpen: boolean;
  readonly epoch: number;
}

export interface FoldRules {
  readonly holdsSelection: boolean;
  /** Whether the user wants complete batches folded at all. */
  readonly mayFold: boolean;
}

/**
 * Which groups of the progress tree are open. VS Code keeps a row as it is for as long as its id is
 * the same; so a new epoch, which becomes part of the id, is the one way to fold a row from code.
 * A batch, or a phase of plain steps, opens when it starts and folds when it is complete, unless the user touched it, the
 * selection is inside, or something in it failed.
 */
export class ProgressFolds {
  readonly #folds = new WeakMap<ProgressNode, Fold>();
  readonly #touched = new WeakSet<ProgressNode>();

  /** Remembered from the first look on: that is what VS Code shows until the id changes. */
  get(node: ProgressNode): Fold {
    const fold = this.#folds.get(node) ?? { isOpen: wantsOpen(node), epoch: 0 };
    this.#folds.set(node, fold);
    return fold;
  }

  /** The user opened or closed it; from now on that stands. */
  touch(node: ProgressNode, isOpen: boolean): void {
    this.#touched.add(node);
    this.#folds.set(node, { ...this.get(node), isOpen });
  }

  /** Follows the node's state. Called once for every change of it, before the row is made again. */
  follow(node: ProgressNode, { holdsSelection, mayFold }: FoldRules): void {
    const fold = this.get(node);
    const isOpen = wantsOpen(node);
    const isFree = !this.#touched.has(node) && (isOpen || (mayFold && !holdsSelection));
    const next = isFree && isOpen !== fold.isOpen ? { isOpen, epoch: fold.epoch + 1 } : fold;
    this.#folds.set(node, next);
  }
}

function wantsOpen(node: ProgressNode): boolean {
  if (node.children.length === 0) return false;
  // The images of a long story would push the script out of sight.
  const folds = node.kind === "batch" || node.children.every(({ kind }) => kind === "step");
  if (!folds) return true;
  switch (node.state) {
    case "running":
    case "failed":
    case "cancelled":
      return true;
    case "waiting":
    case "done":
    case "up to date":
    case "skipped":
      return false;
  }
}
