import { formatTime } from "../../core/times.ts";

/** `3.2 MB`, as file managers count, and `12:05` where the recording says how long it is. */
export function soundSize(bytes: Uint8Array, seconds: number | undefined): string[] {
  const megabytes = `${Math.max(0.1, bytes.length / 1e6).toFixed(1)} MB`;
  return seconds === undefined ? [megabytes] : [megabytes, formatTime(seconds)];
}
