import { Uri, window } from "vscode";
import { ProblemsError } from "../../core/errors.ts";
import { isError } from "../../core/problem.ts";
import { formatTenths } from "../../core/times.ts";
import { plural } from "../../core/words.ts";
import type { ReadTranscript } from "../../import/read/readTranscript.ts";
import type { Cue, Transcript } from "../../import/transcript.ts";
import type { App } from "../app.ts";
import type { TakeSource } from "../timing/takeReport.ts";
import { hearTake } from "./hearTake.ts";
import { working } from "./timingDone.ts";

/** Pace of a text without times, as in the terminal. */
const WORDS_PER_MINUTE = 150;

const LEAVE_OUT = "Leave Out";
const KEEP = "Keep";

/**
 * What a new take says, without what a person does not take for narration: a text is read, and a
 * recording transcribed, where a person agrees to that. What is wrong with it is shown.
 * @param language BCP 47, that of the story
 * @returns undefined where there is no take
 */
export async function readTake(app: App, file: Uri, language: string): Promise<TakeSource | undefined> {
  const name = file.path.split("/").at(-1)!;
  let transcript: Transcript | undefined;
  // Its problems are those of that file: their places are in its own folder.
  await app.failures.guard(async () => {
    const engine = await app.models.loadEngine();
    const bytes = await working(engine.readSource(file.fsPath));
    const format = engine.soundIn(bytes);
    const said = format
      ? await hearTake(app, { file, name, bytes, format, seconds: engine.soundSeconds(bytes) }, { language, wordsPerMinute: WORDS_PER_MINUTE })
      : requireRead(engine.readTranscript({ name, bytes }, { wordsPerMinute: WORDS_PER_MINUTE }), name);
    transcript = said && (await withoutDoubtful(said, name));
  }, Uri.joinPath(file, ".."));
  return transcript && { name, transcript, wordsPerMinute: WORDS_PER_MINUTE };
}

function requireRead({ transcript, problems }: ReadTranscript, name: string): Transcript {
  if (!transcript) throw new ProblemsError(`${name} cannot be read as a take`, problems.filter(isError));
  return transcript;
}

/** As many as a dialog shows without growing out of a small screen. */
const SHOWN_CUES = 8;

/** Asks where some of it may not be narration. */
async function withoutDoubtful(transcript: Transcript, name: string): Promise<Transcript | undefined> {
  const doubtful = transcript.cues.filter(({ doubt }) => doubt !== undefined);
  if (doubtful.length === 0) return transcript;
  const more = doubtful.length - SHOWN_CUES;
  const detail = [...doubtful.slice(0, SHOWN_CUES).map(cueLine), ...(more > 0 ? [`… and ${more} more`] : [])].join("\n");
  const chosen = await window.showWarningMessage(`${name} has ${plural(doubtful.length, "line")} that may not be narration.`, { modal: true, detail }, LEAVE_OUT, KEEP);
  if (chosen === undefined) return undefined;
  return chosen === KEEP ? transcript : { ...transcript, cues: transcript.cues.filter(({ doubt }) => doubt === undefined) };
}

const DOUBTS: Readonly<Record<NonNullable<Cue["doubt"]>, string>> = {
  "known-phrase": "often written into silence",
  "no-speech": "perhaps nobody speaks",
  repeated: "the same words again and again",
  sound: "a sound",
};

function cueLine({ start, text, doubt }: Cue): string {
  return `${formatTenths(start)}  “${text}” (${DOUBTS[doubt!]})`;
}
