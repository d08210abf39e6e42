import { hashText } from "../hash.ts";
import { moodNamed, moodOfWord } from "../lexicons/moods.ts";
import type { Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";

/** The feeling that most words of the narration speak for; a feeling lingers for two more segments. */
export function feelingOf({ words, index }: Beat, memory: Memory): string {
  const scores = new Map<string, number>();
  for (const word of words) {
    const mood = moodOfWord(word);
    if (mood) scores.set(mood.feeling, (scores.get(mood.feeling) ?? 0) + 1);
  }
  const [best] = [...scores].sort((a, b) => b[1] - a[1]);
  if (best) memory.feltAt = index;
  return best?.[0] ?? (index - memory.feltAt <= 2 ? memory.feeling : "calm");
}

/** One word for the feeling, and how a body or the place shows it. */
export function moodText(feeling: string, { id, index }: Beat, hasBody: boolean): string {
  const mood = moodNamed(feeling);
  const seed = hashText(id) + index;
  const signs = hasBody ? mood.body : mood.place;
  return `${mood.labels[seed % mood.labels.length]}: ${signs[(seed >>> 3) % signs.length]}.`;
}
