import type { App } from "../../src/vscode/app.ts";

export interface TreeCalls {
  getChildren: number;
  getTreeItem: number;
}

/** Counts how often VS Code asks for rows of the progress tree, from the start of the newest run on. */
export function countTreeCalls({ progressTree, runs }: App): Readonly<TreeCalls> {
  const calls: TreeCalls = { getChildren: 0, getTreeItem: 0 };
  const [getChildren, getTreeItem] = [progressTree.getChildren.bind(progressTree), progressTree.getTreeItem.bind(progressTree)];
  progressTree.getChildren = (element) => {
    calls.getChildren++;
    return getChildren(element);
  };
  progressTree.getTreeItem = (element) => {
    calls.getTreeItem++;
    return getTreeItem(element);
  };
  runs.onDidStart(() => Object.assign(calls, { getChildren: 0, getTreeItem: 0 }));
  return calls;
}
