/** What a TTML document says about its clock. */
export interface TtmlClock {
  readonly framesPerSecond: number;
  readonly ticksPerSecond: number;
}

const CLOCK = /^(\d{2,6}):(\d{2}):(\d{2})(?:(\.\d{1,9})|:(\d{1,4})(?:\.\d{1,4})?)?$/;
const OFFSET = /^(\d{1,15}(?:\.\d{1,9})?)(h|m|s|ms|f|t)$/;

/** `00:01:02.5`, `00:01:02:12` (frames), `62.5s`, `1500ms`, `120f`, `90000t`; seconds. TTML 2, section 12.3.1. */
export function parseTtmlTime(text: string, clock: TtmlClock): number | undefined {
  const trimmed = text.trim();
  const time = CLOCK.exec(trimmed);
  if (time) {
    const [, hours, minutes, seconds, fraction = "0", frames = "0"] = time;
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction) + Number(frames) / clock.framesPerSecond;
  }
  const offset = OFFSET.exec(trimmed);
  return offset ? Number(offset[1]) * secondsPer(offset[2]!, clock) : undefined;
}

function secondsPer(unit: string, { framesPerSecond, ticksPerSecond }: TtmlClock): number {
  switch (unit) {
    case "h":
      return 3600;
    case "m":
      return 60;
    case "ms":
      return 0.001;
    case "f":
      return 1 / framesPerSecond;
    case "t":
      return 1 / ticksPerSecond;
    default:
      return 1;
  }
}

/** The clock by the attributes of the root element; without them 30 frames and as many ticks as frames. */
export function clockFrom(attributes: Readonly<Record<string, string>>): TtmlClock {
  const [over = 1, under = 1] = (attributes["frameRateMultiplier"] ?? "1 1").trim().split(/[\s:]+/).map(Number);
  const rate = positive(attributes["frameRate"]) ?? 30;
  const multiplier = over > 0 && under > 0 ? over / under : 1;
  const framesPerSecond = rate * multiplier;
  const ticks = attributes["frameRate"] === undefined ? 1 : framesPerSecond;
  return { framesPerSecond, ticksPerSecond: positive(attributes["tickRate"]) ?? ticks };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}
