/** Names that Whisper gives its languages; BCP 47 for each. */
const CODES: Readonly<Record<string, string>> = {
  english: "en", german: "de", french: "fr", spanish: "es", castilian: "es", italian: "it", portuguese: "pt", dutch: "nl", flemish: "nl", polish: "pl", russian: "ru", ukrainian: "uk",
  chinese: "zh", mandarin: "zh", cantonese: "yue", japanese: "ja", korean: "ko", arabic: "ar", hebrew: "he", hindi: "hi", bengali: "bn", urdu: "ur", tamil: "ta", telugu: "te",
  turkish: "tr", greek: "el", czech: "cs", slovak: "sk", slovenian: "sl", croatian: "hr", serbian: "sr", bosnian: "bs", bulgarian: "bg", romanian: "ro", hungarian: "hu",
  swedish: "sv", norwegian: "no", nynorsk: "nn", danish: "da", finnish: "fi", icelandic: "is", estonian: "et", latvian: "lv", lithuanian: "lt", catalan: "ca", valencian: "ca", galician: "gl", basque: "eu", welsh: "cy",
  indonesian: "id", malay: "ms", vietnamese: "vi", thai: "th", persian: "fa", swahili: "sw", tagalog: "tl", afrikaans: "af", latin: "la",
};

/** Undefined for what is neither a language's name nor a tag. */
export function languageCode(language: string | null | undefined): string | undefined {
  if (!language) return undefined;
  const lower = language.trim().toLowerCase();
  if (Object.hasOwn(CODES, lower)) return CODES[lower];
  return /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/.test(lower) ? language.trim().replaceAll("_", "-") : undefined;
}
