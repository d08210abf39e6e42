const TIME = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)\s*s?$/;

/** Times are kept to the millisecond. */
export function roundSeconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Seconds from `1:23.4`, `1:02:03`, `83.4` or `83,4 s`; undefined where it is no time. */
export function parseTime(text: string): number | undefined {
  const [whole, hours, minutes, seconds = ""] = TIME.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const rest = Number(seconds.replace(",", "."));
  if (minutes !== undefined && rest >= 60) return undefined;
  if (hours !== undefined && Number(minutes) >= 60) return undefined;
  return roundSeconds(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + rest);
}

/** `0:55`, `1:02:05`: the second that has begun; hours only where there are any. */
export function formatTime(seconds: number): string {
  return formatExactTime(Math.floor(roundSeconds(seconds))).slice(0, -".0".length);
}

/** `0:55.4`: to tell two times apart at a glance. */
export function formatTenths(seconds: number): string {
  return formatExactTime(Math.round(seconds * 10) / 10);
}

/** `0:55.4`, `1:02:03.125`: as exact as the timing map, with one decimal at least. */
export function formatExactTime(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const [hours, minutes, rest] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, ms % 60_000];
  const [whole, decimals] = (rest / 1000).toFixed(3).replace(/0{1,2}$/, "").split(".") as [string, string];
  const exact = `${whole.padStart(2, "0")}.${decimals}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${exact}` : `${minutes}:${exact}`;
}
