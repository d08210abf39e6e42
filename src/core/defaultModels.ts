/** What OpenAI recommended for such work on 2026-11-22: a quick, able model, and a cheap one. */
export const DEFAULT_MODELS = { director: "gpt-6.1-terra", optimizer: "gpt-6-luna" } as const;

/** The one model of OpenAI's that tells when each word is said; it is to end on 2027-02-26. */
export const DEFAULT_TRANSCRIPTION_MODEL = "whisper-1";
