import type { RawSection } from "../../../core/documents/segmentDocument.ts";
import type { OutputProfile, PromptPart } from "../../../core/outputs.ts";
import { oneLine, parseDefinitions } from "../../../core/tags.ts";
import { placeInText } from "../lexicons/places.ts";
import { fitted, type PromptContent } from "./fitPrompt.ts";
import { readLooks, untagged, type Look } from "./handles.ts";
import { replaceTags } from "./replaceTags.ts";
import { wordingOf } from "./wording.ts";

/**
 * The final prompt of one raw for one video model: each look once and word for word, then handles;
 * the parts in the order that the model's makers recommend; never longer than the model takes.
 * AVOID is for a model's negative field and never part of it.
 */
export function compileFinal(raw: ReadonlyMap<RawSection, string>, profile: OutputProfile): string {
  const looks = readLooks(parseDefinitions(raw.get("TAGS") ?? "").definitions);
  const content = readContent(raw, looks, profile);
  return fitted(content, profile.promptLimit, (fitting) => assemble(fitting, profile));
}

function readContent(raw: ReadonlyMap<RawSection, string>, looks: readonly Look[], { sound }: OutputProfile): PromptContent {
  const byTag = new Map(looks.map((look) => [look.tag, look]));
  const section = (name: RawSection) => oneLine(replaceTags(raw.get(name) ?? "", byTag));
  const [action = "", ...ends] = section("SCENE").split(/\s*\bEnd:\s*/);
  const places = looks.filter(({ kind }) => kind === "place");
  return {
    subjects: looks.filter(({ kind }) => kind !== "place").map(({ description }) => description),
    places: places.map(({ description }) => description),
    action,
    end: ends.join(" ").trim(),
    camera: section("CAMERA"),
    light: section("LIGHTING"),
    mood: section("MOOD"),
    sound: sound ? section("SOUND") || ambience(places) : "",
    text: section("TEXT"),
  };
}

/** What is heard in such a place; a model that makes sound would otherwise make up speech and music. */
function ambience(places: readonly Look[]): string {
  const natural = places.map(({ description }) => placeInText(description)?.sound).find((sound) => sound !== undefined) ?? "quiet natural room tone";
  return `${natural}; no dialogue, no music`;
}

function assemble(content: PromptContent, profile: OutputProfile): string {
  const wording = wordingOf(profile);
  const parts = profile.order.map((part) => partText(part, content, wording));
  if (content.text) parts.push(`Visible text: ${content.text}`);
  return untagged(parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim());
}

function partText(part: PromptPart, content: PromptContent, wording: ReturnType<typeof wordingOf>): string {
  switch (part) {
    case "camera":
      return content.camera && wording.camera(content.camera);
    case "subjects":
      return content.subjects.length > 0 ? wording.subjects(content.subjects) : "";
    case "action":
      return [content.action, content.end && wording.end(content.end)].filter(Boolean).join(" ");
    case "place":
      return content.places.map((look) => wording.place(look)).join(" ");
    case "light":
      return content.light && wording.light(content.light);
    case "mood":
      return content.mood && wording.mood(content.mood);
    case "sound":
      return content.sound && wording.sound(content.sound);
  }
}
