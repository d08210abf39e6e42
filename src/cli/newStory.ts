import { InvalidArgumentError } from "commander";
import type { OutputSettings, StorySettings } from "../core/documents/storyDocument.ts";
import { ProblemsError, StoryDirectorError } from "../core/errors.ts";
import { guessLanguage } from "../core/guessLanguage.ts";
import { findLook } from "../core/looks.ts";
import { namedOutputs } from "../core/namedOutputs.ts";
import { findProfile, PROFILE_IDS } from "../core/outputs.ts";
import { isError } from "../core/problem.ts";
import { DEFAULT_LOOK, proseOfTranscript, titleOfFile, type NewStory } from "../import/newStory.ts";
import { inOwnWords } from "../import/ownWords.ts";
import { planSegments } from "../import/planSegments.ts";
import type { ReadTranscript } from "../import/read/readTranscript.ts";
import type { Transcript } from "../import/transcript.ts";
import { shownPath } from "./closing.ts";
import { reportFailure } from "./failure.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { chosenTranscript, readNarrationFrom, type NarrationFlags } from "./narration.ts";
import { problemLines } from "./problemLines.ts";
import { formatTime } from "../core/times.ts";
import { plural } from "../core/words.ts";

export interface NewStoryFlags extends NarrationFlags {
  /** A file with the narration in the person's own words, where `from` only tells when they are said. */
  readonly text?: string;
  readonly title?: string;
  /** BCP 47. */
  readonly language?: string | undefined;
  readonly look?: string;
  readonly output: readonly OutputSettings[];
  readonly shotLength: StorySettings["shotLength"];
  readonly frameRate?: number;
}

/** Makes a story folder from a narration, subtitles, a transcript or the sound of a voice. @returns the exit code */
export async function newStory(folder: string, flags: NewStoryFlags, host: CliHost): Promise<number> {
  const { theme, print } = printerFor(host.stdout, host);
  try {
    const own = flags.text === undefined ? undefined : await readOwnText(flags.text, flags, host);
    const ready = async () => {
      await host.requireNewFolder(folder);
      return flags.language;
    };
    const transcript = requireTranscript(await readNarrationFrom(flags, { host, tell: (line) => print(theme.dim(theme.clean(line))), ready }), flags.from);
    const chosen = chosenTranscript(transcript, flags);
    const kept = own ? requireOwnWords(own, chosen, flags) : chosen;
    const story = storyOf(kept, flags);
    await host.createStory(folder, story);
    print(...kept.findings.flatMap((problem) => problemLines(problem, theme)), ...doubtLines(transcript, chosen, own));
    const length = formatTime(story.segments.at(-1)?.end ?? 0);
    const title = theme.clean(`“${story.title}”`);
    print(`${title}: ${plural(story.segments.length, "segment")}, ${length}, times ${story.basis}, from ${kept.format} ${theme.arrow} ${shownPath(folder, host.cwd)}`);
    print(theme.dim(`Next: story-director regenerate ${shownPath(folder, host.cwd)}`));
    return EXIT.done;
  } catch (error) {
    return reportFailure(error, host);
  }
}

function storyOf(transcript: Transcript, flags: NewStoryFlags): NewStory {
  const { shotLength, frameRate, look = DEFAULT_LOOK } = flags;
  const segments = planSegments(transcript, { shotLength, frameRate });
  if (segments.every(({ narration }) => narration === "")) {
    throw new StoryDirectorError(`${flags.from} has no words`, { hint: "A story is made from what is said; give a file that holds it." });
  }
  return {
    title: flags.title ?? transcript.title ?? titleOfFile(flags.from),
    language: flags.language ?? transcript.language ?? guessLanguage(transcript.cues.map(({ text }) => text).join(" ")) ?? "en",
    look: findLook(look)?.text ?? look,
    outputs: namedOutputs(flags.output.length ? flags.output : [{ profile: "general", aspectRatio: "16:9" }]),
    shotLength,
    frameRate,
    basis: transcript.basis,
    source: transcript.source,
    segments,
    prose: proseOfTranscript(transcript),
  };
}

/** The person's own words, read before anything is sent. */
async function readOwnText(name: string, { wordsPerMinute }: NewStoryFlags, host: CliHost): Promise<Transcript> {
  const { transcript, problems } = await host.readNarration({ name, bytes: await host.readFile(name) }, { wordsPerMinute, signal: new AbortController().signal });
  return requireTranscript({ transcript, problems }, name);
}

/** @throws {ProblemsError} where the text is not what was heard */
function requireOwnWords(own: Transcript, heard: Transcript, { from, text = "", wordsPerMinute }: NewStoryFlags): Transcript {
  return requireTranscript(inOwnWords(own, heard, { file: text, heardIn: from, wordsPerMinute }), text);
}

function requireTranscript({ transcript, problems }: ReadTranscript, name: string): Transcript {
  if (!transcript) throw new ProblemsError(`${name} cannot be made into a story`, problems.filter(isError));
  return transcript;
}

/** A person's own words leave out by themselves what nobody says. */
function doubtLines({ cues }: Transcript, kept: Transcript, own: Transcript | undefined): string[] {
  const doubtful = cues.filter(({ doubt }) => doubt !== undefined).length;
  if (doubtful === 0 || own) return [];
  const them = plural(doubtful, "doubtful cue");
  return [kept.cues.length < cues.length ? `${them} left out.` : `${them} kept; --leave-out-doubtful makes the story without.`];
}

/** `veo-3.1` or `kling-3:9:16`. */
export function readOutput(text: string, before: NewStoryFlags["output"] = []): NewStoryFlags["output"] {
  const [, id = text, ratio] = /^([^:]+):(\d+:\d+)$/.exec(text) ?? [];
  const profile = findProfile(id);
  if (!profile) throw new InvalidArgumentError(`It is a profile, such as veo-3.1 or kling-3:9:16. Known are ${PROFILE_IDS.join(", ")}.`);
  if (ratio !== undefined && !profile.aspectRatios.includes(ratio)) throw new InvalidArgumentError(`${profile.name} makes ${profile.aspectRatios.join(", ")}.`);
  return [...before, { profile: profile.id, aspectRatio: ratio ?? profile.aspectRatios[0]! }];
}

/** `2.5,5,8`: shortest, ideal and longest in seconds. */
export function readShotLength(text: string): StorySettings["shotLength"] {
  const [shortest, ideal, longest, ...more] = text.split(",").map(Number);
  const isRight = shortest! > 0 && shortest! <= ideal! && ideal! <= longest! && more.length === 0;
  if (!isRight) throw new InvalidArgumentError("It is three lengths in seconds, the shortest first: 2.5,5,8");
  return { shortest: shortest!, ideal: ideal!, longest: longest! };
}
