import type { RawSection } from "../../../core/documents/segmentDocument.ts";
import type { LengthUnit, Output, OutputProfile, PromptPart } from "../../../core/outputs.ts";
import { FENCE_RULE, fenced } from "./fence.ts";

/** The rules for final prompts: the same bytes for every call. */
export const OPTIMIZE_RULES = `You turn the sheet of one shot into the prompt that a video model is given. The video model sees your prompt and nothing else; it knows no tags, no names and no story.

${FENCE_RULE}

# The sheet

TAGS defines looks; SCENE is what happens, with tags in place of the looks and an end state after "End:"; CAMERA, LIGHTING and MOOD say how it is seen. SOUND and TEXT, where they stand, are a person's orders for what is heard and what may be read in the picture.

# The prompt

- Every tag of TAGS appears with its look, in the words and the order of its description: copy them. Shorten only where the length limit forces you, from the end of a description, never at its beginning: what it is and what tells it apart always stays.
- The first mention of a tag has its look; later ones a short, clear handle ("the woman", "the kettle"). Two of a kind get handles that tell them apart. No @ anywhere.
- Nothing is invented: no object, person, colour, weather, movement or emotion that the sheet does not have. Nothing of SCENE is lost: action, direction it faces, and end state.
- One action that starts at once, one camera movement, then the end state. Present tense, plain sentences, no headings, no lists, no line breaks.
- Write what is there, never what is not.
- No names of people: "Nora" is "the woman". No quality words (cinematic, epic, stunning, 8k). No quoted speech, except what SOUND or TEXT has in quotes: that is copied exactly.
- TEXT, where it stands, is stated as it is. Otherwise the picture has no readable text, and the prompt does not speak of any.
- The parts stand in the order that the model's sheet asks for, as running text.
- English, but for quoted words, and for descriptions in another language: they are copied, too.

# Example

TAGS "- @weaver: woman, 44, cropped black hair, rust-red apron" and "- @loft: long loft, slanted skylights, rows of oak looms"; SCENE "@weaver sits at the first loom of @loft, facing left, and pulls the beater towards her once. End: both hands on the beater, the thread still."
Good: "Medium shot at eye level, 50 mm, static. A woman, 44, cropped black hair, rust-red apron, sits at the first loom of a long loft, slanted skylights, rows of oak looms. She faces left and pulls the beater towards her once. At the end both hands rest on the beater and the thread is still. …"
Bad: "A skilled artisan weaves in a dusty sunlit attic, cinematic lighting." The looks are reworded, hair and apron are lost, skill, dust and sun are invented, and there is no end.

# Form

Answer with one JSON object and nothing else: {"finalPrompt":"…"}.`;

/** What the video model wants: the same bytes for every segment of one output. */
export function profileContext({ profile, aspectRatio }: Output): string {
  const { name, promptLimit, order, sound } = profile;
  return `# The video model

Name: ${name}
Longest prompt: ${promptLimit.max} ${unitName(promptLimit.unit)}. Aim for ${Math.floor(promptLimit.max * 0.8)} or less.
Frame: ${aspectRatio}. Compose for it without naming it.
Order of the parts: ${order.map(partName).join(", ")}.
${sound ? SOUND_ON : SOUND_OFF}
${WORDINGS.get(profile.id) ?? GENERAL_WORDING}`;
}

const SOUND_ON = `Sound: the model makes sound. State at the end what is heard: SOUND as ordered; without SOUND, the natural sounds that the action and the place make, and "no dialogue, no music".`;
const SOUND_OFF = "Sound: the model makes none. Say nothing about it.";

const WORDINGS: ReadonlyMap<string, string> = new Map([
  ["veo-3.1", "Wording: begin with the camera as a full sentence. Sounds go into one last sentence that begins with \"Ambient:\"; speech that SOUND orders is written as: The woman says: \"…\"."],
  ["kling-3", "Wording: begin with the place, then who and what, each look once and whole. The camera is a sentence that begins with \"Camera:\"; sounds are one that begins with \"Audio:\"."],
  ["seedance-2", "Wording: subject and action first, in short main clauses; then place, light and mood; the camera is a sentence near the end. Everything is worded as what is there. Spoken words of SOUND stand in double quotes."],
]);

const GENERAL_WORDING = "Wording: short plain sentences that any video model can follow.";

function partName(part: PromptPart): string {
  switch (part) {
    case "camera":
      return "camera";
    case "subjects":
      return "characters and props with their looks";
    case "action":
      return "action and end state";
    case "place":
      return "location with its look";
    case "light":
      return "light";
    case "mood":
      return "mood";
    case "sound":
      return "sound";
  }
}

export function unitName(unit: LengthUnit): string {
  switch (unit) {
    case "characters":
    case "utf16":
      return "characters";
    case "bytes":
      return "bytes in UTF-8";
    case "words":
      return "words";
  }
}

/** AVOID is for a model's negative field: the prompt's writer is not even shown it. */
export function optimizeInstruction(raw: ReadonlyMap<RawSection, string>, profile: OutputProfile): string {
  const sections = SHOWN.filter((name) => name !== "SOUND" || profile.sound);
  return `Write the prompt for this shot.\n\n${fenced(sections.map((name) => [name, raw.get(name) ?? ""]))}`;
}

const SHOWN: readonly RawSection[] = ["TAGS", "SCENE", "CAMERA", "LIGHTING", "MOOD", "SOUND", "TEXT"];
