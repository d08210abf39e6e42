import type { App } from "../../src/vscode/app.ts";

export interface TreeCalls {
  getChildren: number;
  getTreeItem: number;
  /** How often VS Code was told of rows that changed, and of how many each time, all in all. */
  flushes: number;
  told: number;
  /** How long the run took, milliseconds; 0 before its end. */
  runMs: number;
}

const NONE: TreeCalls = { getChildren: 0, getTreeItem: 0, flushes: 0, told: 0, runMs: 0 };

/** Counts how often VS Code asks for rows of the progress tree, from the start of the newest run on. */
export function countTreeCalls({ progressTree, runs }: App): Readonly<TreeCalls> {
  const calls = { ...NONE };
  let startedAt = 0;
  const [getChildren, getTreeItem] = [progressTree.getChildren.bind(progressTree), progressTree.getTreeItem.bind(progressTree)];
  progressTree.getChildren = (element) => {
    calls.getChildren++;
    return getChildren(element);
  };
  progressTree.getTreeItem = (element) => {
    calls.getTreeItem++;
    return getTreeItem(element);
  };
  progressTree.onDidChangeTreeData((rows) => {
    if (!rows) return;
    calls.flushes++;
    calls.told += rows.length;
  });
  runs.onDidStart(() => {
    Object.assign(calls, NONE);
    startedAt = Date.now();
  });
  runs.onDidEnd(() => (calls.runMs = Date.now() - startedAt));
  return calls;
}
