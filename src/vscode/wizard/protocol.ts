import * as z from "zod/mini";

/**
 * What the page of the new-story form and its host say to each other. Both sides check what comes
 * in with these schemas. The host holds the truth; the page shows it and tells what a person does.
 */

export const FIELDS = ["source", "title", "folder", "language", "look", "outputs", "images", "shotLength", "wordsPerMinute", "frameRate"] as const;

export type Field = (typeof FIELDS)[number];

const outputSchema = z.strictObject({ profile: z.string(), aspectRatio: z.string() });

/** What a person decided. What is absent is as the host suggests it. Numbers are kept as they were typed. */
export const formSchema = z.strictObject({
  title: z.optional(z.string()),
  folder: z.optional(z.string()),
  language: z.optional(z.string()),
  look: z.string(),
  /** Texts of style.md that a person changed, by the look they began from. */
  lookTexts: z.record(z.string(), z.string()),
  outputs: z.array(outputSchema),
  shortest: z.string(),
  ideal: z.string(),
  longest: z.string(),
  wordsPerMinute: z.string(),
  /** Empty: times are kept to the millisecond. */
  frameRate: z.string(),
  /** Whether cues are left out that a transcriber seems to have made up. */
  leaveOutDoubtful: z.boolean(),
  /** The narration as a person wrote it, where a file may tell no more than when its words are said. */
  ownWords: z.optional(z.string()),
  /** Whether it is told in these words rather than the file's. False where absent. */
  usesOwnWords: z.optional(z.boolean()),
  /** Whether the time before the first words is kept where it is taken for a time code. False where absent. */
  keepTimeCodes: z.optional(z.boolean()),
  /** Whether the run draws images of assets; absent: as it is set. */
  images: z.optional(z.boolean()),
  /** Whether the run writes the script; otherwise it ends with the assets. True where absent. */
  script: z.optional(z.boolean()),
});

export type Form = z.infer<typeof formSchema>;
export type ChosenOutput = z.infer<typeof outputSchema>;

const index = z.int().check(z.nonnegative());

/** A change of the planned segments by hand; `index` is a segment's position when the change is made. */
export const editSchema = z.discriminatedUnion("kind", [
  /** The second part begins with this word, counted from 0. */
  z.strictObject({ kind: z.literal("split"), index, word: index }),
  z.strictObject({ kind: z.literal("merge"), index }),
  z.strictObject({ kind: z.literal("move"), index, edge: z.enum(["start", "end"]), seconds: z.number() }),
]);

/** What the page keeps over a reload: the host may not have seen the last keystroke. */
export const pageStateSchema = z.strictObject({
  revision: z.int(),
  form: formSchema,
  /** Absent where it is too long for the page to keep. */
  text: z.optional(z.string()),
  scrollTop: z.optional(z.number()),
  isMoreOpen: z.optional(z.boolean()),
});

export type PageState = z.infer<typeof pageStateSchema>;

export const ACTIONS = [
  "chooseFile",
  "chooseFolder",
  "clearSource",
  "showSource",
  "undo",
  "undoAll",
  "stop",
  "showProgress",
  "openStory",
  "openScript",
  "openFolder",
  "startOver",
  "transcribe",
  "stopTranscribing",
  "chooseModel",
  "manageTrust",
] as const;

export type Action = (typeof ACTIONS)[number];

export const pageMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready"), state: z.optional(pageStateSchema) }),
  z.strictObject({ type: z.literal("form"), revision: z.int(), form: formSchema }),
  /** Narration that was typed or pasted. */
  z.strictObject({ type: z.literal("text"), revision: z.int(), text: z.string() }),
  z.strictObject({ type: z.literal("file"), name: z.string(), bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ type: z.literal("uris"), uris: z.array(z.string()) }),
  /** A file that the page did not read, and why. */
  z.strictObject({ type: z.literal("unread"), name: z.string(), reason: z.string() }),
  z.strictObject({ type: z.literal("edit"), edit: editSchema }),
  z.strictObject({ type: z.literal("create"), direct: z.boolean() }),
  z.strictObject({ type: z.literal("action"), action: z.enum(ACTIONS), line: z.optional(index) }),
]);

export type PageMessage = z.infer<typeof pageMessageSchema>;

const segmentSchema = z.strictObject({ start: z.number(), end: z.number(), narration: z.string() });

/** A segment as the time line shows it; seconds. */
export type ShownSegment = z.infer<typeof segmentSchema>;

const severity = z.enum(["error", "warning"]);

const findingSchema = z.strictObject({
  severity,
  message: z.string(),
  hint: z.optional(z.string()),
  /** From 1. */
  line: z.optional(z.int()),
});

export type Finding = z.infer<typeof findingSchema>;

export const SOUND_STATES = ["offered", "transcribing", "failed", "unavailable", "restricted"] as const;

/** A recording that is no narration yet. */
const soundSchema = z.strictObject({
  state: z.enum(SOUND_STATES),
  /** `3.2 MB · 4:57 · will be transcribed by whisper-1 at api.openai.com, which costs about $0.03` */
  told: z.string(),
});

export type ShownSound = z.infer<typeof soundSchema>;

const sourceSchema = z.strictObject({
  kind: z.enum(["file", "text"]),
  name: z.string(),
  /** `SubRip subtitles · 212 cues · 17:32 · times as measured`; empty where it could not be read. */
  summary: z.string(),
  /** Whether its file can be shown in the editor. */
  canShow: z.boolean(),
  /** Whether times are made up from the length of the text. */
  isEstimated: z.boolean(),
  /** Cues that may be no narration. */
  doubtful: z.int(),
  /** Whether it can be told in a person's own words: it has times, or will have. */
  takesWords: z.boolean(),
  /** `1:00:00`, where the source counts from there. */
  timeCode: z.optional(z.string()),
  findings: z.array(findingSchema),
  /** Absent where there is nothing to be transcribed. */
  sound: z.optional(soundSchema),
});

export type ShownSource = z.infer<typeof sourceSchema>;

const checksSchema = z.strictObject({
  suggestions: z.strictObject({ title: z.string(), folder: z.string(), language: z.string() }),
  /** A sentence for each field that needs one. */
  problems: z.partialRecord(z.enum(FIELDS), z.strictObject({ severity, message: z.string() })),
  /** What the fields come to where nothing is wrong: such as where the folder will be. */
  notes: z.partialRecord(z.enum(FIELDS), z.string()),
  /** `53 segments · 4:57` and so on, in the order of weight. */
  estimate: z.array(z.string()),
  canCreate: z.boolean(),
});

export type Checks = z.infer<typeof checksSchema>;

export const RUN_STATES = ["creating", "created", "directing", "done", "failed", "stopped"] as const;

const runSchema = z.strictObject({
  state: z.enum(RUN_STATES),
  message: z.string(),
  hint: z.optional(z.string()),
  settled: z.int(),
  total: z.int(),
  /** Whether the story's folder is there. */
  hasStory: z.boolean(),
  /** Whether it is part of this window's workspace. */
  isInWindow: z.boolean(),
});

export type ShownRun = z.infer<typeof runSchema>;

const choicesSchema = z.strictObject({
  looks: z.array(z.strictObject({ id: z.string(), name: z.string(), hint: z.string(), text: z.string(), image: z.string() })),
  profiles: z.array(z.strictObject({ id: z.string(), name: z.string(), hint: z.string(), aspectRatios: z.array(z.string()) })),
  languages: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  maxBytes: z.int(),
  /** Whether runs draw images of assets where the form does not say so. */
  drawsImages: z.boolean(),
});

export type Choices = z.infer<typeof choicesSchema>;

export const hostMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("show"), choices: choicesSchema, revision: z.int(), form: formSchema, text: z.string(), isTrusted: z.boolean() }),
  z.strictObject({ type: z.literal("source"), source: z.optional(sourceSchema) }),
  z.strictObject({ type: z.literal("checks"), checks: checksSchema }),
  z.strictObject({ type: z.literal("plan"), segments: z.array(segmentSchema), edits: z.int(), note: z.string() }),
  z.strictObject({ type: z.literal("splice"), at: index, remove: index, insert: z.array(segmentSchema), edits: z.int() }),
  /** A change by hand that cannot be made, and why. */
  z.strictObject({ type: z.literal("refused"), message: z.string() }),
  /** Create was pressed with something missing: the first field to look at. */
  z.strictObject({ type: z.literal("focus"), field: z.enum(FIELDS) }),
  z.strictObject({ type: z.literal("run"), run: z.optional(runSchema) }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Undefined where the message is none of the protocol's. */
export function readPageMessage(data: unknown): PageMessage | undefined {
  return pageMessageSchema.safeParse(data).data;
}

/** Undefined where the message is none of the protocol's. */
export function readHostMessage(data: unknown): HostMessage | undefined {
  return hostMessageSchema.safeParse(data).data;
}

/** Undefined where another version kept it. */
export function readPageState(data: unknown): PageState | undefined {
  return pageStateSchema.safeParse(data).data;
}
