import { roundSeconds } from "../../core/documents/timingMapDocument.ts";

const TIME = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)\s*s?$/;

/** Seconds from `1:23.4`, `1:02:03`, `83.4` or `83,4 s`; undefined where it is no time. */
export function parseTime(text: string): number | undefined {
  const [whole, hours, minutes, seconds = ""] = TIME.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const rest = Number(seconds.replace(",", "."));
  if (minutes !== undefined && rest >= 60) return undefined;
  if (hours !== undefined && Number(minutes) >= 60) return undefined;
  return roundSeconds(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + rest);
}

/** `0:55.4`, `1:02:03.125`: as exact as the timing map, with one decimal at least. */
export function timeText(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const [hours, minutes, rest] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, ms % 60_000];
  const [whole, decimals] = (rest / 1000).toFixed(3).replace(/0{1,2}$/, "").split(".") as [string, string];
  const exact = `${whole.padStart(2, "0")}.${decimals}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${exact}` : `${minutes}:${exact}`;
}

/** `0:55.4`: to tell two times apart at a glance. */
export function shortTime(seconds: number): string {
  return timeText(Math.round(seconds * 10) / 10);
}
