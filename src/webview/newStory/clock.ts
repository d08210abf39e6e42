/** `0:04.250`, `1:02:05.000`: times as the fields of a segment show them. */
export function formatExact(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const whole = Math.floor(milliseconds / 1000);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = `${String(whole % 60).padStart(2, "0")}.${String(milliseconds % 1000).padStart(3, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `0:04`, `1:02:05`: marks on the time line. */
export function formatMark(seconds: number): string {
  return formatExact(Math.round(seconds)).replace(/\.000$/, "");
}

/** Seconds of `4.25`, `4,25`, `0:04.25` or `1:02:05`; undefined where it is no time. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:[.,]\d*)?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
}
