import { createLogUpdate } from "log-update";
import stringWidth from "string-width";
import type { ProgressManager } from "../progress/progressManager.ts";
import { renderTree } from "./renderTree.ts";
import type { Capabilities, OutputStream } from "./terminal.ts";

/** What shows a run while it lasts. */
export interface Display {
  /** A line that stays, above what is drawn over. */
  note(line: string): void;
  /** A line that belongs to the present moment. */
  notice(line: string): void;
  /** Leaves the terminal to somebody else, below what was drawn last; what it returns takes it back. */
  suspend(): () => void;
  /** Draws the end of the run; nothing is drawn afterwards. */
  stop(): void;
}

export interface DisplayOptions {
  readonly stream: OutputStream;
  readonly progress: ProgressManager;
  readonly capabilities: Capabilities;
  readonly clock: { now(): number };
  /** As setTimeout; what it returns cancels. */
  readonly schedule: (work: () => void, delayMs: number) => () => void;
}

/** About twelve drawings a second: more is flicker, and costs what the run should have. */
const REDRAW_MS = 80;
/** Slow steps count their seconds even while nothing else changes. */
const HEARTBEAT_MS = 1000;

/** The tree, drawn over itself for as long as the run lasts. */
export function startLiveDisplay(options: DisplayOptions): Display {
  const { stream, progress, schedule } = options;
  const area = createLogUpdate(stream);
  let notice: string | undefined;
  let drawn: readonly string[] = [];
  let pending: (() => void) | undefined;
  let isSuspended = false;

  const draw = () => {
    cancelPending();
    if (isSuspended) return;
    const { columns, rows } = sizeOf(stream);
    const tree = treeLines(options, { rows: notice === undefined ? rows : rows - 1, columns });
    drawn = notice === undefined ? tree : [...tree, notice.slice(0, columns)];
    if (drawn.length) area(drawn.join("\n"));
  };
  const cancelPending = () => {
    pending?.();
    pending = undefined;
  };
  const clear = () => {
    area.clear();
    drawn = [];
  };
  const redrawSoon = () => {
    pending ??= schedule(draw, REDRAW_MS);
  };
  const onResize = () => {
    const reflowed = extraLines(drawn, sizeOf(stream).columns);
    clear();
    if (reflowed) stream.write("\u001B[1A\u001B[2K".repeat(reflowed));
    draw();
  };
  const beat = () => {
    redrawSoon();
    stopHeartbeat = schedule(beat, HEARTBEAT_MS);
  };
  let stopHeartbeat = schedule(beat, HEARTBEAT_MS);
  const unsubscribe = progress.onChange(redrawSoon);
  stream.on("resize", onResize);

  return {
    note(line) {
      clear();
      stream.write(`${line}\n`);
      draw();
    },
    notice(line) {
      notice = line;
      // The terminal wrote ^C below the tree; clearing takes it away.
      clear();
      draw();
    },
    suspend() {
      draw();
      isSuspended = true;
      area.done();
      drawn = [];
      return () => {
        isSuspended = false;
        redrawSoon();
      };
    },
    stop() {
      isSuspended = false;
      unsubscribe();
      stopHeartbeat();
      cancelPending();
      stream.off("resize", onResize);
      clear();
      area.done();
      const lines = treeLines(options, { rows: Number.POSITIVE_INFINITY, columns: sizeOf(stream).columns });
      if (lines.length) stream.write(`${lines.join("\n")}\n`);
    },
  };
}

function treeLines({ progress, capabilities, clock }: DisplayOptions, size: { readonly rows: number; readonly columns: number }): string[] {
  const final = size.rows === Number.POSITIVE_INFINITY;
  return renderTree(progress.nodes, { ...capabilities, ...size, nowMs: clock.now(), final });
}

function sizeOf({ columns, rows }: OutputStream): { columns: number; rows: number } {
  return { columns: columns || 80, rows: rows || 24 };
}

/** Lines that a terminal made of the drawn ones when its window became narrower. */
function extraLines(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(0, Math.ceil(stringWidth(line) / columns) - 1), 0);
}
