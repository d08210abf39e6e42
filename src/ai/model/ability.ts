import { STEPS, type Endpoint, type Step } from "./endpoint.ts";

/** What a call can do without, by the names of what is left out. `effort:none` means: a little thought instead of none. */
export const OMISSIONS = ["effort:none", "effort", "cache", "store", "obfuscation", "usage", "limit", "requireParameters"] as const;
export type Omission = (typeof OMISSIONS)[number];

/** What is known of a model at an endpoint. */
export interface Ability {
  readonly step: Step;
  readonly without: ReadonlySet<Omission>;
}

/**
 * Remembers between runs what servers can do. Values are JSON and are checked when read; a caller
 * that offers to forget them lets a server that has learned more be asked for more.
 */
export interface AbilityMemory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface AbilityBook {
  of(model: string): Ability;
  /** Keeps what a call that went well has found. */
  keep(model: string, ability: Ability): void;
}

export function createMemory(): AbilityMemory {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) };
}

export function createAbilityBook(endpoint: Endpoint, memory: AbilityMemory): AbilityBook {
  const keyOf = (model: string) => `${endpoint.baseUrl} ${model}`;
  const of = (model: string) => parseAbility(memory.get(keyOf(model))) ?? { step: endpoint.firstStep, without: new Set() };
  return {
    of,
    keep(model, { step, without }) {
      const known = of(model);
      // Calls run side by side: none may take back what another one has found.
      const lower = STEPS.indexOf(step) > STEPS.indexOf(known.step) ? step : known.step;
      const all = new Set([...known.without, ...without]);
      if (lower === known.step && all.size === known.without.size) return;
      memory.set(keyOf(model), { step: lower, without: [...all].sort() });
    },
  };
}

/** Undefined below the last step. */
export function nextStep(step: Step): Step | undefined {
  return STEPS[STEPS.indexOf(step) + 1];
}

function parseAbility(value: unknown): Ability | undefined {
  const { step, without } = (typeof value === "object" && value !== null ? value : {}) as { step?: unknown; without?: unknown };
  const known = STEPS.find((name) => name === step);
  if (!known) return undefined;
  return { step: known, without: new Set(OMISSIONS.filter((name) => Array.isArray(without) && without.includes(name))) };
}
