import { hashText } from "../../core/canonical.ts";
import type { AssetContent } from "../../core/documents/assetDocument.ts";
import { assetPath } from "../../core/storyFolder.ts";
import { assetName, oneLine, stateName } from "../../core/tags.ts";
import type { MissingAsset, ModelRequest, StoryBrief } from "../../pipeline/ports.ts";
import { answerOf, type Reading } from "./answerOf.ts";
import type { ModelDeps } from "./askModel.ts";
import { scanObject } from "./elementStream.ts";
import { DESCRIBE_RULES, describeInstruction } from "./prompts/describeInstruction.ts";
import { storyContext } from "./prompts/storyContext.ts";
import { assetAnswer, describedAssetSchema, objectIssues, tagIssues } from "./responses.ts";

const MOST_OUTPUT_TOKENS = 4_000;

/** The look of an asset, or of a state of it, that a draft used and nobody has described. */
export async function describeAsset(missing: MissingAsset, story: StoryBrief, { deps, signal }: { readonly deps: ModelDeps; readonly signal: AbortSignal }): Promise<AssetContent> {
  const { tag } = missing;
  const question = {
    call: { request: describeRequest(story, missing), purpose: "describe", ids: [tag] },
    read: (text: string) => readAsset(text, missing),
    failure: `No description of @${tag}`,
    place: { file: assetPath(assetName(tag)) },
  } as const;
  return answerOf(question, deps, signal);
}

function describeRequest(story: StoryBrief, missing: MissingAsset): ModelRequest {
  const context = storyContext(story);
  return {
    role: "director",
    system: DESCRIBE_RULES,
    context,
    instruction: describeInstruction(missing),
    answer: assetAnswer,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    cacheKey: `describe-${hashText(DESCRIBE_RULES + context)}`,
  };
}

/** What is described already stands: only what is missing is taken from the answer. */
function readAsset(text: string, { tag, existing }: MissingAsset): Reading<AssetContent> {
  const value = scanObject(text);
  const { data, error } = describedAssetSchema.safeParse(value);
  if (!data) return { problems: objectIssues(value, error) };
  const state = stateName(tag);
  const { kind, name, aliases } = existing ?? data;
  const description = existing?.description || oneLine(data.description);
  const tagged = [...(existing?.description ? [] : tagIssues(data.description, "description")), ...(state === undefined ? [] : tagIssues(data.stateDescription ?? "", "stateDescription"))];
  if (tagged.length > 0) return { problems: tagged };
  if (state === undefined) {
    return description ? { value: { kind, name, aliases, description, states: existing?.states ?? new Map() } } : { problems: ["description: expected a text"] };
  }
  const described = oneLine(data.stateDescription ?? "");
  if (!described) return { problems: [`stateDescription: expected the complete look in the state "${state}"`] };
  return { value: { kind, name, aliases, description, states: new Map([...(existing?.states ?? []), [state, described]]) } };
}
