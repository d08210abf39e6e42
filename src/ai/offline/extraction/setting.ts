import { SETTING_CUES, type SettingId } from "../lexicons/wardrobe.ts";
import type { ReadSegment } from "../narration.ts";

/** What places carry of a setting, so that a street of the war is not a street of today. */
export const SETTING_MARKS: Readonly<Record<SettingId, { readonly in?: string; readonly out?: string }>> = {
  today: {},
  wartime: { in: "strips of paper tape across the panes", out: "walls pocked by splinters" },
  victorian: { in: "dark wood panelling" },
  fairytale: { in: "rough stone walls" },
  antiquity: { in: "painted plaster walls", out: "pale limestone columns" },
  renaissance: { in: "carved oak panelling", out: "clipped box hedges" },
  space: {},
  future: { in: "smooth grey wall panels with seams of light", out: "slender grey towers in the distance" },
  frontier: { in: "rough plank walls", out: "dusty ground, plank fronts" },
  seafaring: { in: "tarred beams" },
};

const CUES: ReadonlyMap<string, readonly (readonly [SettingId, number])[]> = cueIndex();

function cueIndex(): Map<string, (readonly [SettingId, number])[]> {
  const index = new Map<string, (readonly [SettingId, number])[]>();
  for (const [setting, cues] of Object.entries(SETTING_CUES)) {
    for (const cue of cues.split(" ")) {
      const [word = "", weight = "0"] = cue.split(":");
      index.set(word, [...(index.get(word) ?? []), [setting as SettingId, Number(weight)]]);
    }
  }
  return index;
}

/** Years of the narration that place it by themselves. */
function settingOfYear(word: string): SettingId | undefined {
  const year = /^1[0-9]{3}$/.test(word) ? Number(word) : undefined;
  if (year === undefined) return undefined;
  if (year >= 1914 && year <= 1948) return "wartime";
  if (year >= 1830 && year < 1914) return "victorian";
  return year < 1650 && year > 1400 ? "renaissance" : undefined;
}

/** When and in what world the story plays, by the words of the whole narration. */
export function settingOf(segments: readonly ReadSegment[], title: string): SettingId {
  const scores = new Map<SettingId, number>();
  const score = (setting: SettingId, weight: number) => scores.set(setting, (scores.get(setting) ?? 0) + weight);
  const seen = new Map<string, number>();
  for (const word of [...(title.toLowerCase().match(/[\p{L}-]+/gu) ?? []), ...segments.flatMap(({ words }) => words)]) {
    const times = (seen.get(word) ?? 0) + 1;
    seen.set(word, times);
    // A word that comes again and again says little more than one that comes three times.
    if (times > 3) continue;
    for (const [setting, weight] of CUES.get(word) ?? []) score(setting, weight);
    const year = settingOfYear(word);
    if (year) score(year, 6);
  }
  const [best] = [...scores].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 4 ? best[0] : "today";
}

const OUTDOORS = new Set("sun sunlight sunrise sunset sky star stars moon cloud clouds rain snow wind storm leaf leaves tree trees grass flower flowers forest sea ocean river lake mountain mountains hill stone rock sand earth planet soil animal animals bird birds fox rabbit wolf deer bear fish insect insects seed seeds root roots wave waves desert island".split(" "));
const INDOORS = new Set("door room table chair bed kitchen window wall floor ceiling stairs house home desk office computer phone screen lamp book books school shop hospital bank company meeting".split(" "));

/** Whether a narration that names no place speaks of what is out of doors. */
export function isOutOfDoors(segments: readonly ReadSegment[]): boolean {
  const all = segments.flatMap(({ words }) => words);
  const count = (set: ReadonlySet<string>) => all.filter((word) => set.has(word)).length;
  return count(OUTDOORS) > count(INDOORS);
}
