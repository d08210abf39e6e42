import { NEGATIONS } from "../language/tokens.ts";
import { moodNamed, moodOfWord, moodWeight } from "../lexicons/moods.ts";
import type { Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";

/** How many segments a feeling lingers that no word speaks for any more. */
const LINGERS_SEGMENTS = 1;

/** The feeling that the words of the narration speak for most; else what the scene and its course speak for. */
export function feelingOf(beat: Beat, memory: Memory): string {
  const scores = new Map<string, number>();
  for (const [index, word] of beat.words.entries()) {
    const mood = beat.words.slice(Math.max(0, index - 2), index).some(isDenial) ? undefined : moodOfWord(word);
    if (mood) scores.set(mood.feeling, (scores.get(mood.feeling) ?? 0) + moodWeight(word));
  }
  const best = [...scores].reduce<readonly [string, number] | undefined>((first, next) => (!first || next[1] > first[1] ? next : first), undefined);
  if (best) memory.feltAt = beat.index;
  return best?.[0] ?? (beat.index - memory.feltAt <= LINGERS_SEGMENTS ? memory.feeling : feelingOfScene(beat));
}

/** `was not afraid`, `might never die`. */
function isDenial(word: string): boolean {
  return NEGATIONS.has(word) || word === "without" || word.endsWith("n't");
}

/** What a scene feels like where its words say nothing of it. */
function feelingOfScene({ stage, speech, words }: Beat): string {
  if (words.length === 0) return "attentive";
  if (stage.look !== undefined) return "wistful";
  if (/\b(?:fog|storm|night)\b/.test(stage.time)) return "watchful";
  return speech ? "curious" : "calm";
}

/** One word for the feeling, and how a body or the place shows it; what was not used for longest. */
export function moodText(feeling: string, { beat, memory, hasBody }: { readonly beat: Beat; readonly memory: Memory; readonly hasBody: boolean }): string {
  const mood = moodNamed(feeling);
  const [label = ""] = memory.freshest(mood.labels, (text) => `mood ${text}`);
  const [sign = ""] = memory.freshest(hasBody ? mood.body : mood.place, (text) => `mood ${text}`);
  memory.use(`mood ${label}`, beat.index);
  memory.use(`mood ${sign}`, beat.index);
  return `${label}: ${sign}.`;
}
