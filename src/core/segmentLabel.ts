import type { Asset } from "./documents/assetDocument.ts";
import { findTags, oneLine } from "./tags.ts";
import { resolveTag } from "./story.ts";

/** Shot sizes by the words that name them, the longer names first. */
const SHOT_SIZES: readonly (readonly [RegExp, string])[] = [
  [/\bextreme close-?up\b/i, "ECU"],
  [/\bmedium close-?up\b/i, "MCU"],
  [/\b(?:close-?up|insert|macro)\b/i, "CU"],
  [/\b(?:medium (?:long|wide|full)|cowboy)\b/i, "MLS"],
  [/\bmedium\b/i, "MS"],
  [/\b(?:extreme (?:long|wide)|establishing|very wide)\b/i, "ELS"],
  [/\b(?:long|wide|full) shot\b/i, "LS"],
];

const SUMMARY_LENGTH = 48;

/** `MCU`, or undefined where CAMERA names no size. The size that is named first wins. */
export function shotSize(camera: string): string | undefined {
  const found = SHOT_SIZES.flatMap(([pattern, size]) => {
    const at = camera.search(pattern);
    return at < 0 ? [] : [{ size, at }];
  });
  return found.sort((a, b) => a.at - b.at)[0]?.size;
}

/**
 * What happens in SCENE, with names for tags: `Maria tilts the cups`. The action is the sentence
 * that says she, he or they; where there is none, the first one says most.
 */
export function sceneSummary(scene: string, assets: ReadonlyMap<string, Asset>): string {
  const sentences = oneLine(named(scene, assets)).split(/(?<=[.!?])\s+/);
  const action = sentences.find((sentence) => PRONOUN.test(sentence));
  const subject = findTags(scene).find(({ tag }) => resolveTag(assets, tag)?.asset.kind === "character");
  const chosen = action && subject ? action.replace(PRONOUN, () => spokenName(subject.tag, assets, true)) : sentences[0]!;
  return shorten(chosen.replace(/[.!?]$/, ""), SUMMARY_LENGTH);
}

const PRONOUN = /^(?:She|He|They)\b/;

function named(scene: string, assets: ReadonlyMap<string, Asset>): string {
  let text = "";
  let end = 0;
  for (const { tag, start, end: after } of findTags(scene)) {
    text += scene.slice(end, start) + spokenName(tag, assets, /(?:^|[.!?]\s+)$/.test(scene.slice(0, start)));
    end = after;
  }
  return text + scene.slice(end);
}

/** People go by their name; things and places get an article. */
function spokenName(tag: string, assets: ReadonlyMap<string, Asset>, startsSentence: boolean): string {
  const asset = resolveTag(assets, tag)?.asset;
  if (!asset) return tag.split("/")[0]!.replace(/[_-]+/g, " ");
  if (asset.kind === "character" || /^(?:the|a|an)\s/i.test(asset.name)) return asset.name;
  return `${startsSentence ? "The" : "the"} ${asset.name}`;
}

/** Cut at a word, with `…` where something is missing. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const lastBlank = cut.lastIndexOf(" ");
  return `${(lastBlank > length / 2 ? cut.slice(0, lastBlank) : cut).trimEnd()}…`;
}
