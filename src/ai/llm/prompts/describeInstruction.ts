import { assetName, oneLine, stateName } from "../../../core/tags.ts";
import type { MissingAsset } from "../../../pipeline/ports.ts";
import { LOOK_RULES } from "./extractionRules.ts";
import { FENCE_RULE, fenced } from "./fence.ts";
import { assetRows } from "./storyContext.ts";

/** The rules for one asset: the same bytes for every call. */
export const DESCRIBE_RULES = `You design what recurs in a narrated film. A shot of the film uses a tag that nobody has described yet. You are shown the story and the lines that mention it, and describe its look once, so that it is the same in every shot.

${FENCE_RULE}

${LOOK_RULES}

# What you answer

- kind: character (people, animals, groups), location (a place that can be stood in) or prop (a thing).
- name: what the narration calls it; without a mention, the tag's words.
- aliases: other names that the narration uses for it; often none.
- description: its look apart from any state.
- stateDescription: where a state is asked for, its complete look in that state; otherwise null.

Fit it to the story's time, place and style, and make it easy to tell from every asset that is described already.
Answer with one JSON object and nothing else: {"kind":…,"name":…,"aliases":[…],"description":…,"stateDescription":…}.`;

/** Lines that are enough to know a thing by. */
const MOST_LINES = 60;

export function describeInstruction({ tag, lines, existing }: MissingAsset): string {
  const id = assetName(tag);
  const state = stateName(tag);
  const what =
    state === undefined
      ? `Describe @${tag}. No state is asked for: stateDescription is null.`
      : `Describe @${id} in the state "${state}" (its tag is @${tag}).`;
  const basis = existing ? `\n@${id} is described already. That description stands; the state changes only what the state is about, and repeats all else word for word.` : "";
  const mentions = lines.length > 0 ? "" : "\nNo line mentions it by name: take what it is from the words of its tag and from the story.";
  const shown = lines.slice(0, MOST_LINES).map((line) => `- ${oneLine(line)}`);
  return `${what}${basis}${mentions}\n\n${fenced([
    ["the asset as it is described", existing ? assetRows([{ ...existing, id }]) : ""],
    ["lines that mention it", shown.join("\n")],
  ])}`.trimEnd();
}
