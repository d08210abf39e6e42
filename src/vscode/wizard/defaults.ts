import { isDeviceName } from "../../core/ids.ts";
import { LOOK_PRESETS, findLook } from "../../core/looks.ts";
import { PROFILE_IDS } from "../../core/outputs.ts";
import { namedOutputs } from "../../core/namedOutputs.ts";
import type { OutputSettings } from "../../core/documents/storyDocument.ts";
import type { Form } from "./protocol.ts";

const SHORTEST_SECONDS = "2.5";
const IDEAL_SECONDS = "5";
const LONGEST_SECONDS = "8";
/** Calm narration. */
const WORDS_PER_MINUTE = "150";

const LONGEST_FOLDER_NAME = 60;

export function newForm(): Form {
  return {
    look: LOOK_PRESETS[0]!.id,
    lookTexts: {},
    outputs: [{ profile: "general", aspectRatio: "16:9" }],
    shortest: SHORTEST_SECONDS,
    ideal: IDEAL_SECONDS,
    longest: LONGEST_SECONDS,
    wordsPerMinute: WORDS_PER_MINUTE,
    frameRate: "",
    leaveOutDoubtful: false,
  };
}

/** A name for the folder of a story with that title, in the letters of its language; `story` where it has none. */
export function folderNameOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/(\p{Script=Latin})\p{M}+/gu, "$1").normalize("NFC").toLowerCase().replaceAll("ß", "ss");
  const name = plain.replace(/['’]/g, "").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  const short = Array.from(name).slice(0, LONGEST_FOLDER_NAME).join("").replace(/-+$/, "");
  if (!short) return "story";
  return isDeviceName(short) ? `${short}-story` : short;
}

/** The text of style.md: as a person changed it, or the preset's. */
export function lookText({ look, lookTexts }: Form): string {
  return lookTexts[look] ?? findLook(look)?.text ?? "";
}

/** In the order of the known models, whatever the order of the clicks. */
export function outputsOf({ outputs }: Pick<Form, "outputs">): Record<string, OutputSettings> {
  return namedOutputs([...outputs].sort((a, b) => PROFILE_IDS.indexOf(a.profile) - PROFILE_IDS.indexOf(b.profile)));
}
