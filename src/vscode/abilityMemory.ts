import type { Memento } from "vscode";
import type { AbilityMemory } from "../compose.ts";

/** What model servers were found to be able to do, kept with the user's own state: it belongs to no story. */
export function abilityMemory(state: Memento): AbilityMemory {
  const keyOf = (key: string) => `storyDirector.ability ${key}`;
  return {
    get: (key) => state.get(keyOf(key)),
    set: (key, value) => void state.update(keyOf(key), value),
  };
}
