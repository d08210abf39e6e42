/** Endings of files that narration is read from. What a file is, is told by its content: these only sort a dialog. */
export const TEXT_ENDINGS = ["srt", "vtt", "json", "txt", "md", "ttml", "xml", "dfxp", "csv", "tsv", "lrc", "ass", "ssa", "sbv"];

/** And of recordings, which are transcribed. */
export const RECORDING_ENDINGS = ["mp3", "m4a", "wav", "flac", "ogg", "oga", "opus", "webm", "mp4", "mov", "aiff"];

/** What a dialog offers where a file with narration is picked. */
export const NARRATION_FILTERS = {
  "Subtitles, transcripts, texts and recordings": [...TEXT_ENDINGS, ...RECORDING_ENDINGS],
  Recordings: RECORDING_ENDINGS,
  "All files": ["*"],
};
