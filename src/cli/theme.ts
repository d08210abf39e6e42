import pc from "picocolors";
import type { TaskState } from "../pipeline/ports.ts";
import type { Capabilities } from "./terminal.ts";

type Paint = (text: string) => string;

/** Signs and colours. Text goes through `clean` before it is measured or printed. */
export interface Theme {
  readonly glyphs: Readonly<Record<TaskState, string>>;
  readonly open: string;
  readonly folded: string;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly paint: Readonly<Record<TaskState, Paint>>;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  /** One line without control characters, which a story's text could steer the terminal with. */
  readonly clean: (text: string) => string;
}

const UNICODE = {
  waiting: "○",
  running: "⟳",
  done: "✓",
  "up to date": "=",
  skipped: "–",
  failed: "✗",
  cancelled: "⊘",
} as const;

const ASCII = {
  waiting: ".",
  running: "~",
  done: "+",
  "up to date": "=",
  skipped: "-",
  failed: "x",
  cancelled: "/",
} as const;

export function createTheme({ unicode, color }: Pick<Capabilities, "unicode" | "color">): Theme {
  const { bold, dim, red, yellow, green, cyan } = pc.createColors(color);
  return {
    glyphs: unicode ? UNICODE : ASCII,
    open: unicode ? "▼" : "v",
    folded: unicode ? "▶" : ">",
    ellipsis: unicode ? "…" : "...",
    arrow: unicode ? "→" : "->",
    paint: { waiting: dim, running: cyan, done: green, "up to date": green, skipped: dim, failed: red, cancelled: yellow },
    bold,
    dim,
    red,
    yellow,
    green,
    clean: (text) => (unicode ? oneLine(text) : toAscii(oneLine(text))),
  };
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}

/** Our own signs only: a title in another script stays as it is. */
function toAscii(text: string): string {
  return text.replaceAll("…", "...").replaceAll("–", "-").replaceAll("→", "->").replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
}
