import { findProfile, type OutputProfile } from "../../core/outputs.ts";
import type { StorySettings } from "../../core/documents/storyDocument.ts";
import { lookText } from "./defaults.ts";
import type { Checks, Field, Form } from "./protocol.ts";

/** What is at the place where a story's folder is to be. */
export type FolderState = "free" | "empty" | "taken" | "file" | "nowhere";

export interface FolderFacts {
  /** Whole path, for people. */
  readonly path: string;
  readonly state: FolderState;
  /** Whether it will be part of this window's workspace. */
  readonly isInWindow: boolean;
}

/** What the form is checked against. */
export interface Facts {
  readonly title: string;
  readonly language: string;
  /** Undefined where none is named. */
  readonly folder: FolderFacts | undefined;
  readonly source: "none" | "reading" | "unreadable" | "estimated" | "measured";
  /** Why the source cannot be used. */
  readonly sourceError?: string | undefined;
  readonly segmentCount: number;
  readonly isTrusted: boolean;
}

type Problems = Checks["problems"];
type Notes = Checks["notes"];

/** How the narration is cut; undefined where the fields do not say so. */
export interface Cutting {
  readonly shotLength: StorySettings["shotLength"];
  readonly wordsPerMinute: number;
  readonly frameRate: number | undefined;
}

const FEWEST_SECONDS = 0.5;
const MOST_SECONDS = 120;
const SLOWEST_SPEECH = 40;
const FASTEST_SPEECH = 400;
const LOWEST_FRAME_RATE = 1;
const HIGHEST_FRAME_RATE = 240;
const LONGEST_TITLE = 200;

/** A sentence for every field that needs one, and what the others come to. */
export function checkForm(form: Form, facts: Facts): { readonly problems: Problems; readonly notes: Notes } {
  const { problems } = readCutting(form);
  const found: Problems = { ...problems };
  const notes: Notes = {};
  const fail = (field: Field, message: string) => (found[field] = { severity: "error", message });
  checkSource(facts, fail);
  const titleProblem = problemOfTitle(facts.title);
  if (titleProblem) fail("title", titleProblem);
  checkFolder(facts.folder, { fail, notes });
  if (!isLanguage(facts.language)) fail("language", "Choose the language of the narration.");
  if (!lookText(form).trim()) found.look = { severity: "warning", message: "Without a look every picture finds its own. Say in a line or two what all of them share." };
  checkOutputs(form, { found, notes });
  return { problems: found, notes };
}

/** The numbers of the form, and a sentence for each that is none. */
export function readCutting(form: Form): { readonly cutting?: Cutting; readonly problems: Problems } {
  const problems: Problems = {};
  const shotLength = readShotLength(form, problems);
  const wordsPerMinute = toNumber(form.wordsPerMinute);
  if (!(wordsPerMinute >= SLOWEST_SPEECH && wordsPerMinute <= FASTEST_SPEECH)) {
    problems.wordsPerMinute = error(`Expected ${SLOWEST_SPEECH} to ${FASTEST_SPEECH} words per minute; calm narration has about 150.`);
  }
  const frameRate = form.frameRate.trim() ? toNumber(form.frameRate) : undefined;
  if (frameRate !== undefined && !(frameRate >= LOWEST_FRAME_RATE && frameRate <= HIGHEST_FRAME_RATE)) {
    problems.frameRate = error("Expected frames per second, such as 24, 25 or 29.97. Leave it empty to cut at any time.");
  }
  if (!shotLength || problems.wordsPerMinute || problems.frameRate) return { problems };
  return { cutting: { shotLength, wordsPerMinute, frameRate }, problems };
}

function readShotLength(form: Form, problems: Problems): StorySettings["shotLength"] | undefined {
  const [shortest, ideal, longest] = [form.shortest, form.ideal, form.longest].map(toNumber) as [number, number, number];
  const wrong = [shortest, ideal, longest].find((seconds) => !(seconds >= FEWEST_SECONDS && seconds <= MOST_SECONDS));
  if (wrong !== undefined) problems.shotLength = error(`Expected three numbers of seconds, each from ${FEWEST_SECONDS} to ${MOST_SECONDS}.`);
  else if (shortest > ideal || ideal > longest) problems.shotLength = error(`Expected shortest ≤ ideal ≤ longest, but found ${shortest}, ${ideal} and ${longest}.`);
  return problems.shotLength ? undefined : { shortest, ideal, longest };
}

/** People write 2.5 and 2,5. */
function toNumber(text: string): number {
  const plain = text.trim().replace(",", ".");
  return /^\d+(?:\.\d*)?$|^\.\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

function checkSource({ source, sourceError, segmentCount, isTrusted }: Facts, fail: (field: Field, message: string) => void): void {
  if (!isTrusted) fail("source", "Stories are not made in Restricted Mode. Trust this workspace first.");
  else if (source === "none") fail("source", "Choose a file with the narration, or type it.");
  else if (source === "unreadable") fail("source", sourceError ?? "This cannot be read as narration.");
  else if (source !== "reading" && segmentCount === 0) fail("source", "There is no narration in it.");
}

function problemOfTitle(title: string): string | undefined {
  if (!title.trim()) return "Give the story a title.";
  if (title.length > LONGEST_TITLE) return `A title has ${LONGEST_TITLE} characters at most; this one has ${title.length}.`;
  return undefined;
}

function checkFolder(folder: FolderFacts | undefined, { fail, notes }: { fail: (field: Field, message: string) => void; notes: Notes }): void {
  if (!folder) return fail("folder", "Say where the story's folder is to be.");
  const { path, state, isInWindow } = folder;
  switch (state) {
    case "taken":
      return fail("folder", `${path} is there already and not empty. Name a new folder; nothing is overwritten.`);
    case "file":
      return fail("folder", `${path} is a file, or lies below one. Name a folder.`);
    case "nowhere":
      return fail("folder", "Open a folder first, or write the whole path of the story's folder.");
    case "free":
    case "empty":
      notes.folder = isInWindow ? path : `${path}, outside the folders of this window`;
  }
}

function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

function checkOutputs({ outputs, ...form }: Form, { found, notes }: { found: Problems; notes: Notes }): void {
  const profiles = [...new Set(outputs.map(({ profile }) => profile))].map(findProfile).filter((profile) => profile !== undefined);
  if (profiles.length === 0) found.outputs = error("Choose at least one video model and its shape.");
  const longest = toNumber(form.longest);
  const tooShort = profiles.filter((profile) => longestClip(profile) < longest);
  if (tooShort.length > 0 && !found.shotLength) {
    const limits = tooShort.map((profile) => `${profile.name}: ${longestClip(profile)} s`).join(", ");
    found.shotLength = { severity: "warning", message: `Longer than a clip of the chosen model can be (${limits}). Such a segment needs two clips.` };
  }
  if (outputs.length > 1) notes.outputs = `${outputs.length} final prompts for every segment.`;
}

function longestClip({ clipSeconds }: OutputProfile): number {
  return "longest" in clipSeconds ? clipSeconds.longest : Math.max(...clipSeconds);
}

function error(message: string): { readonly severity: "error"; readonly message: string } {
  return { severity: "error", message };
}
