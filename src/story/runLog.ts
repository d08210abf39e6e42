import type { RunEvent, RunLog } from "../pipeline/ports.ts";
import { writeAll } from "./atomicFile.ts";
import type { OpenFile } from "./files.ts";
import { encodeText } from "./textBytes.ts";

/** Milliseconds that lines wait for others, to go down in one write: no more than these does a crash take from a log. */
const GATHER_MS = 50;

/**
 * A log that takes lines at once and writes them one after the other. It is worth less than the
 * run it tells of: after the first failure it is dropped, and nobody hears of it.
 */
export function createRunLog(name: string, file: OpenFile): RunLog {
  let waiting = "";
  let isDropped = false;
  let due: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  const writeWaiting = async (): Promise<void> => {
    try {
      // Lines that come while others are being written go down together.
      while (waiting !== "") {
        const bytes = encodeText(waiting);
        waiting = "";
        await writeAll(file, bytes, name);
      }
    } catch {
      isDropped = true;
      waiting = "";
    }
    writing = undefined;
  };

  const begin = (): void => {
    due = undefined;
    writing = writeWaiting();
  };

  return {
    name,
    append(event) {
      if (isDropped) return;
      waiting += formatRunEvent(event);
      if (!writing) due ??= setTimeout(begin, GATHER_MS);
    },
    async close() {
      clearTimeout(due);
      await writing;
      await writeWaiting();
      isDropped = true;
      await file.sync().catch(() => undefined);
      await file.close().catch(() => undefined);
    },
  };
}

/** For a run whose log could not be started. */
export function droppedRunLog(name: string): RunLog {
  return { name, append: () => undefined, close: () => Promise.resolve() };
}

/** One line of JSON. An event that cannot be written as JSON is noted by its name alone. */
export function formatRunEvent(event: RunEvent): string {
  try {
    return `${JSON.stringify(event)}\n`;
  } catch {
    return `${JSON.stringify({ event: event.event })}\n`;
  }
}

/** The events of a log. A line that is not whole, as a crash leaves the last one, is passed over. */
export function parseRunLog(text: string): RunEvent[] {
  return text.split("\n").flatMap((line): RunEvent[] => {
    try {
      const value: unknown = JSON.parse(line);
      return isRunEvent(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function isRunEvent(value: unknown): value is RunEvent {
  return typeof value === "object" && value !== null && "event" in value && typeof value.event === "string";
}
