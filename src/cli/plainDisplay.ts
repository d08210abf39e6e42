import type { TaskState } from "../pipeline/ports.ts";
import type { ProgressNode } from "../progress/progressManager.ts";
import type { Display, DisplayOptions } from "./liveDisplay.ts";
import { createTheme, type Theme } from "./theme.ts";
import { mergedLabel } from "./treeRows.ts";
import { countsOf, formatDuration, outcomeOf } from "./words.ts";

/**
 * Lines for a file or a build log, each written once: phases and batches when they start and end,
 * segments when they settle. What was left alone is summed up, so that a story of 10,000 segments
 * that are up to date takes a line and not 10,000.
 */
export function startPlainDisplay({ stream, progress, capabilities }: DisplayOptions): Display {
  const write = (line: string) => void stream.write(`${line}\n`);
  const lines = new PlainLines(createTheme(capabilities), write);
  const unsubscribe = progress.onChange(({ changes }) => {
    for (const change of changes) {
      if (change.what === "state") lines.onState(change.node);
      if ((change.what === "step" || change.what === "note") && change.node.kind === "batch") lines.announce(change.node);
      if (change.what === "note" && change.node.kind === "story") lines.onWait(change.node);
    }
  });
  return {
    note: write,
    notice: write,
    suspend: () => () => undefined,
    stop() {
      unsubscribe();
      lines.flush();
    },
  };
}

class PlainLines {
  readonly #theme: Theme;
  readonly #write: (line: string) => void;
  /** Batches whose start was told, and which therefore end with a line. */
  readonly #announced = new Set<ProgressNode>();
  /** Batches that settled without work, since the last line. */
  #quiet: ProgressNode[] = [];
  #isWaiting = false;

  constructor(theme: Theme, write: (line: string) => void) {
    this.#theme = theme;
    this.#write = write;
  }

  onState(node: ProgressNode): void {
    switch (node.kind) {
      case "story":
        if (node.state === "running") this.#write(this.#theme.bold(this.#theme.clean(node.label)));
        return;
      case "phase":
        return node.state === "running" ? this.#started(node) : this.#settled(node, phaseOutcome(node));
      case "batch":
        return this.#onBatch(node);
      case "segment":
      case "step":
        return this.#onLeaf(node);
    }
  }

  /** The seconds are counted where lines can be drawn over; here one line tells of a wait. */
  onWait({ note }: ProgressNode): void {
    if (note !== undefined && !this.#isWaiting) {
      this.flush();
      this.#write(this.#theme.dim(this.#theme.clean(note)));
    }
    this.#isWaiting = note !== undefined;
  }

  announce(batch: ProgressNode): void {
    if (this.#announced.has(batch)) return;
    this.#announced.add(batch);
    this.#started(batch);
  }

  flush(): void {
    const batches = inOneRow(this.#quiet);
    this.#quiet = [];
    if (batches.length === 0) return;
    const state = batches.some(({ counts }) => counts["up to date"] > 0) ? "up to date" : "skipped";
    this.#line(state, mergedLabel(batches), leftAlone(batches));
  }

  #onBatch(batch: ProgressNode): void {
    if (batch.state === "running") return;
    const isQuiet = !this.#announced.has(batch) && batch.state !== "failed";
    if (isQuiet) {
      if (batch.state !== "cancelled") this.#quiet.push(batch);
      return;
    }
    this.#announced.delete(batch);
    const left = leftAlone([batch]);
    this.#settled(batch, left ? `${countsOf(batch)}, ${left}` : countsOf(batch));
  }

  /** Only what ran is news. */
  #onLeaf(leaf: ProgressNode): void {
    if (leaf.startedAt === undefined) return;
    if (leaf.state !== "running") return this.#settled(leaf, outcomeOf(leaf));
    if (leaf.parent?.kind === "batch") this.announce(leaf.parent);
  }

  #started({ label }: ProgressNode): void {
    this.flush();
    this.#write(`${this.#theme.dim(this.#theme.folded)} ${this.#theme.clean(label)}`);
  }

  #settled(node: ProgressNode, words: string): void {
    const { kind, startedAt, endedAt } = node;
    const isTimed = kind !== "segment" && kind !== "step" && startedAt !== undefined && endedAt !== undefined;
    const time = isTimed ? `${node.state === "done" ? "in" : "after"} ${formatDuration(endedAt - startedAt)}` : "";
    this.flush();
    this.#line(node.state, node.label, [words, time].filter(Boolean).join(" "));
  }

  #line(state: TaskState, label: string, words: string): void {
    const { paint, glyphs, clean, dim, red } = this.#theme;
    const tail = words ? `  ${(state === "failed" ? red : dim)(clean(words))}` : "";
    this.#write(`${paint[state](glyphs[state])} ${clean(label)}${tail}`);
  }
}

/** Counts tell more of a failed phase than its first error, which is told in full at the end. */
function phaseOutcome(node: ProgressNode): string {
  const counts = node.counts.total ? countsOf(node) : "";
  return node.state === "failed" ? counts || outcomeOf(node) : outcomeOf(node) || counts;
}

/** `8 up to date, 2 skipped`. */
function leftAlone(batches: readonly ProgressNode[]): string {
  const sum = (key: "up to date" | "skipped") => batches.reduce((total, { counts }) => total + counts[key], 0);
  const parts = [[sum("up to date"), "up to date"] as const, [sum("skipped"), "skipped"] as const];
  return parts.flatMap(([count, words]) => (count ? `${count} ${words}` : [])).join(", ");
}

/** The batches in the order of the story, where no other stands between them; otherwise as they are. */
function inOneRow(batches: readonly ProgressNode[]): readonly ProgressNode[] {
  const siblings = batches[0]?.parent?.children ?? [];
  const quiet = new Set(batches);
  const first = siblings.findIndex((node) => quiet.has(node));
  const row = siblings.slice(first, first + batches.length);
  return row.every((node) => quiet.has(node)) ? row : batches;
}
