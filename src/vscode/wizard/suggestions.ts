import { guessLanguage } from "../../core/guessLanguage.ts";
import type { NewStory } from "../../import/newStory.ts";
import type { StoryMaker } from "../engine.ts";
import { readCutting } from "./checks.ts";
import { folderNameOf, lookText, outputsOf } from "./defaults.ts";
import type { Narration } from "./narration.ts";
import type { Checks, Form } from "./protocol.ts";
import type { Folders } from "./wizardPorts.ts";

/** How many names are tried for a folder that nobody named. */
const MOST_FOLDERS = 50;

/** How much of the narration tells its language. */
const LANGUAGE_CUES = 200;

type Suggestions = Checks["suggestions"];

/** What the form holds where a person has not said it: by the narration, and by what is on disk. */
export async function suggest(form: Form, { source, transcript }: Narration, { maker, folders }: { maker: StoryMaker; folders: Folders }): Promise<Suggestions> {
  const title = transcript?.title ?? (source?.kind === "file" ? maker.titleOfFile(source.name) : "");
  const spoken = transcript?.cues.slice(0, LANGUAGE_CUES).map((cue) => cue.text).join("\n") ?? "";
  const language = transcript?.language ?? guessLanguage(spoken) ?? "en";
  return { title, language, folder: await suggestFolder(form.title ?? title, folders) };
}

/** A folder that is free: `the-trumpet`, or `the-trumpet-2` where there is one already. */
async function suggestFolder(title: string, folders: Folders): Promise<string> {
  if (!folders.hasBase || !title.trim()) return "";
  const name = folderNameOf(title);
  for (let number = 1; number <= MOST_FOLDERS; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    const facts = await folders.look(candidate);
    if (facts?.state === "free" || facts?.state === "empty") return candidate;
  }
  return name;
}

/** The story that the form describes; every check has been passed. */
export function storyOf(form: Form, narration: Narration, { suggestions, maker }: { suggestions: Suggestions; maker: StoryMaker }): NewStory {
  const transcript = narration.chosenTranscript(form)!;
  const { shotLength, frameRate } = readCutting(form).cutting!;
  return {
    title: (form.title ?? suggestions.title).trim(),
    language: form.language ?? suggestions.language,
    shotLength,
    outputs: outputsOf(form),
    look: lookText(form),
    basis: transcript.basis,
    source: narration.timesSource,
    frameRate,
    segments: narration.plan.segments,
    prose: maker.proseOfTranscript(transcript),
  };
}
