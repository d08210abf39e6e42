import { propLooks } from "../lexicons/props.ts";
import type { ReadSegment } from "../narration.ts";
import { noFacts, type Candidate } from "./candidate.ts";

const MOST_PROPS = 40;

/** Words that are a thing only with an article: `watch` and `ring` are verbs as well. */
const NEEDS_ARTICLE = new Set(["glass", "watch", "ring", "case", "ball", "fan", "bat", "blade", "light", "table", "wheel", "picture", "note", "box", "trap", "pipe", "pen", "stick", "cap"]);

/** The things that the narration comes back to, by first mention. */
export function findProps(segments: readonly ReadSegment[], taken: ReadonlySet<string>): Candidate[] {
  const found = new Map<string, Candidate & { lastSegment: number }>();
  for (const segment of segments) {
    for (const phrase of segment.sentences.flatMap(({ phrases }) => phrases)) {
      const noun = phrase.head.toLowerCase();
      if (phrase.isPronoun || phrase.isQuoted || taken.has(noun) || !propLooks(noun)) continue;
      if (NEEDS_ARTICLE.has(noun) && phrase.determiner === "") continue;
      const known = found.get(noun) ?? { ...candidate(noun, segment.index), lastSegment: -1 };
      if (known.lastSegment !== segment.index) known.mentions++;
      known.lastSegment = segment.index;
      found.set(noun, known);
    }
  }
  return [...found.values()]
    .filter(({ mentions }) => mentions >= 2)
    .sort((a, b) => b.mentions - a.mentions || a.first - b.first)
    .slice(0, MOST_PROPS)
    .sort((a, b) => a.first - b.first);
}

function candidate(noun: string, first: number): Candidate {
  return { kind: "prop", name: noun, aliases: new Set(), noun, gender: "neutral", isCreature: false, isGroup: false, first, mentions: 0, facts: noFacts() };
}
