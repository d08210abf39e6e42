/** The line of a cue that tells its times. */
export interface TimeLine {
  readonly start: number;
  readonly end: number;
  /** Words that stand behind the times, where other programs put settings. */
  readonly text: string;
}

const ARROW = /\s*(?:-{1,3}>|[–—]>|→)\s*/;
const CLOCK = /^(-)?(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,7})(?:[.,](\d{1,9})|:(\d{3}))?$/;
const SETTING = /^(?:[a-zA-Z][a-zA-Z0-9]*:\S*|[XY][12]:\S+)$/;

/** Whether a line is meant to tell times, readable or not; `3 -> 4` is text. */
export function isTimeLine(line: string): boolean {
  if (line.length > 400) return false;
  return line.includes("-->") ? /\d:/.test(line) : /^\s*-?\d{1,6}:\d[\d:.,]{0,16}\s*(?:->|--->|[–—]>|→)\s*-?\d{1,6}:\d/.test(line);
}

/** Whether a line is the beginning of one, as a file ends that was cut off. */
export function isCutTimeLine(line: string): boolean {
  return line.length < 60 && /^\s*\d{1,4}:\d{2}(?::\d{0,2})?(?:[.,]\d{0,3})?\s*-{0,2}\s*$/.test(line) && /:\d{0,2}:|[.,]|-/.test(line);
}

/** Undefined where the times cannot be read. Hours may be missing or have any number of digits; `1,5` is 1.5 s. */
export function parseTimeLine(line: string): TimeLine | undefined {
  const arrow = ARROW.exec(line);
  if (!arrow) return undefined;
  const [endText = "", ...rest] = line.slice(arrow.index + arrow[0].length).trim().split(/\s+/);
  const start = parseClock(line.slice(0, arrow.index).trim().replace(/\s+/g, ""));
  const end = parseClock(endText);
  if (start === undefined || end === undefined) return undefined;
  const text = rest.every((part) => SETTING.test(part)) ? "" : rest.join(" ");
  return { start, end, text };
}

/** `1:02:03,450`, `02:03.45`, `3.5`: seconds. A colon before three digits is a slip for the point. */
export function parseClock(text: string): number | undefined {
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const [, minus, hours = "0", minutes = "0", seconds = "0", fraction, slip] = match;
  const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction ?? slip ?? "0"}`);
  return minus ? -value : value;
}
