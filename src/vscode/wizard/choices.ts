import { LOOK_PRESETS } from "../../core/looks.ts";
import { findProfile, PROFILE_IDS, type OutputProfile } from "../../core/outputs.ts";
import type { Choices } from "./protocol.ts";
import type { WizardPorts } from "./wizardPorts.ts";

/**
 * For recordings: OpenAI takes 26 of them, a server of one's own may take more. Of texts, readers
 * take 20 and say so themselves.
 */
export const MAX_SOURCE_BYTES = 100_000_000;

const LANGUAGES = "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv sw ta th tr uk ur vi zh zh-Hant".split(" ");

/** What the form offers. */
export function choicesFor({ imageOf, drawsImages }: Pick<WizardPorts, "imageOf" | "drawsImages">): Choices {
  const names = new Intl.DisplayNames("en", { type: "language" });
  const languages = LANGUAGES.map((code) => ({ code, name: names.of(code) ?? code }));
  return {
    looks: LOOK_PRESETS.map((look) => ({ ...look, image: imageOf(look.id) })),
    profiles: PROFILE_IDS.map((id) => findProfile(id)!).map((profile) => ({ id: profile.id, name: profile.name, hint: hintOf(profile), aspectRatios: [...profile.aspectRatios] })),
    languages: languages.sort((a, b) => a.name.localeCompare(b.name, "en")),
    drawsImages: drawsImages(),
    maxBytes: MAX_SOURCE_BYTES,
  };
}

function hintOf({ clipSeconds, sound }: OutputProfile): string {
  const clips = "longest" in clipSeconds ? `clips of ${clipSeconds.shortest} to ${clipSeconds.longest} s` : `clips of ${clipSeconds.join(", ")} s`;
  return sound ? `${clips}, with sound` : clips;
}
