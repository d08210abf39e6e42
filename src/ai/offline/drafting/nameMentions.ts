import { findTags, assetName } from "../../../core/tags.ts";
import type { Actor } from "./beat.ts";

/** A person's text with its names and aliases as tags, and who is in it. Tags that nobody answers to lose their `@`. */
export function nameMentions(text: string, actors: readonly Actor[]): { readonly text: string; readonly actors: readonly Actor[] } {
  const found = new Map<string, Actor>();
  const byName = new Map<string, Actor>();
  for (const actor of actors) for (const name of actor.entity.names) if (name.length > 1) byName.set(name.toLowerCase(), byName.get(name.toLowerCase()) ?? actor);
  const names = [...byName.keys()].sort((a, b) => b.length - a.length);
  const known = knownTags(text, actors);
  const pattern = names.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}@/_-])(?:the |a |an )?(${names.map(escape).join("|")})(?![\\p{L}\\p{N}_-])`, "giu") : undefined;
  const tagged = pattern ? known.replace(pattern, (_match, name: string) => `@${byName.get(name.toLowerCase())!.tag}`) : known;
  for (const { tag } of findTags(tagged)) {
    const actor = actors.find((candidate) => candidate.tag === tag);
    if (actor) found.set(tag, actor);
  }
  return { text: tagged, actors: [...found.values()] };
}

function knownTags(text: string, actors: readonly Actor[]): string {
  let result = "";
  let end = 0;
  for (const mention of findTags(text)) {
    const actor = actors.find(({ tag }) => tag === mention.tag) ?? actors.find(({ tag }) => assetName(tag) === assetName(mention.tag));
    result += text.slice(end, mention.start) + (actor ? `@${actor.tag}` : mention.tag.replace(/[/_-]+/g, " "));
    end = mention.end;
  }
  return result + text.slice(end);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
