/** What OpenAI recommended for such work on 2026-11-22: a quick, able model, and a cheap one. */
export const DEFAULT_MODELS = { director: "gpt-6.1-terra", optimizer: "gpt-6-luna" } as const;
