import { hashText } from "../../core/canonical.ts";
import type { Problem } from "../../core/problem.ts";
import type { ReadTranscript } from "../../import/read/readTranscript.ts";
import type { Transcript } from "../../import/transcript.ts";
import type { StoryMaker } from "../engine.ts";
import { readCutting, type Cutting, type Facts } from "./checks.ts";
import { NO_EDITS, Plan, type KeptEdits } from "./plan.ts";
import type { Form, ShownSource } from "./protocol.ts";
import { findingsOf, shownSource, type Reading } from "./shownSource.ts";
import type { Source } from "./wizardPorts.ts";

/** What an update changed. */
export interface NarrationChange {
  readonly isRead: boolean;
  readonly isPlanned: boolean;
}

/** What is told: the source, how it was read, and the segments that it is cut into. */
export class Narration {
  #source: Source | undefined;
  #reading: Reading | undefined;
  #plan: Plan;
  #planKey: string | undefined;
  #isStale = false;

  constructor(kept: KeptEdits = NO_EDITS) {
    this.#plan = new Plan(kept);
  }

  get source(): Source | undefined {
    return this.#source;
  }

  set source(source: Source | undefined) {
    this.#source = source;
    this.#reading = undefined;
  }

  get plan(): Plan {
    return this.#plan;
  }

  get transcript(): Transcript | undefined {
    return this.#reading?.transcript;
  }

  /** Whether the segments are not what the form asks for, since it asks for nothing that can be done. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** The narration as it was typed. */
  get text(): string {
    return this.#source?.kind === "text" ? new TextDecoder().decode(this.#source.bytes) : "";
  }

  get shown(): ShownSource | undefined {
    return this.#source && shownSource(this.#source, this.#reading);
  }

  get state(): Facts["source"] {
    if (!this.#source) return "none";
    if (!this.#reading) return "reading";
    if (!this.transcript) return "unreadable";
    return this.transcript.basis === "estimated" ? "estimated" : "measured";
  }

  /** Why the source cannot be used. */
  get error(): string | undefined {
    return this.#reading && findingsOf(this.#reading).find(({ severity }) => severity === "error")?.message;
  }

  /** As the story keeps it; what was typed is no file. */
  get timesSource(): Transcript["source"] {
    const source = this.transcript?.source;
    return source && this.#source?.kind === "text" ? { ...source, file: undefined } : source;
  }

  /** What is cut into segments: all of it, or without what may be no narration. */
  chosenTranscript({ leaveOutDoubtful }: Form): Transcript | undefined {
    const transcript = this.transcript;
    return transcript && leaveOutDoubtful ? { ...transcript, cues: transcript.cues.filter(({ doubt }) => doubt === undefined) } : transcript;
  }

  /** Reads and plans whatever the form asks for anew. */
  update(form: Form, maker: StoryMaker): NarrationChange {
    const { cutting } = readCutting(form);
    // While a number is being typed the last plan stands.
    this.#isStale = !cutting;
    if (!cutting) return { isRead: false, isPlanned: false };
    const isRead = this.#read(form, cutting, maker);
    return { isRead, isPlanned: this.#cut(form, cutting, maker) };
  }

  #read(form: Form, { wordsPerMinute }: Cutting, maker: StoryMaker): boolean {
    const source = this.#source;
    const ownWords = (source?.kind === "file" && form.usesOwnWords && form.ownWords?.trim()) || undefined;
    if (!source || (this.#reading?.wordsPerMinute === wordsPerMinute && this.#reading.ownWords === ownWords)) return false;
    // A recording has words once it is transcribed.
    if (maker.soundIn(source.bytes)) return false;
    const read = source.heard ? maker.readHeard(source, source.heard, { wordsPerMinute }) : maker.readTranscript(source, { wordsPerMinute });
    const takesWords = source.kind === "file" && read.transcript?.basis === "aligned";
    const told = takesWords && ownWords !== undefined ? inOwnWords(ownWords, read.transcript, { heardIn: source.name, wordsPerMinute, maker }) : read;
    const key = hashText(new TextDecoder().decode(source.bytes)) + (told === read ? "" : `|${hashText(ownWords!)}`);
    this.#reading = { wordsPerMinute, ownWords, takesWords, transcript: told.transcript, problems: told.problems, key };
    return true;
  }

  #cut(form: Form, cutting: Cutting, maker: StoryMaker): boolean {
    const transcript = this.chosenTranscript(form);
    const keepsTimeCodes = form.keepTimeCodes === true && transcript?.timeCode !== undefined;
    const key = transcript && this.#reading ? planKey(this.#reading.key, cutting, transcript) + (keepsTimeCodes ? "|time codes" : "") : "";
    if (key === this.#planKey) return false;
    this.#planKey = key;
    if (transcript) this.#plan.replace(maker.planSegments(keepsTimeCodes ? maker.withTimeCodes(transcript) : transcript, cutting), { key, frameRate: cutting.frameRate, maker });
    else this.#plan.clear();
    return true;
  }
}

interface Told {
  readonly heardIn: string;
  readonly wordsPerMinute: number;
  readonly maker: StoryMaker;
}

/** What a finding on a person's own words begins with: they are no lines of the file. */
const OWN_WORDS = "Your own words";

function inOwnWords(words: string, heard: Transcript, { heardIn, wordsPerMinute, maker }: Told): ReadTranscript {
  const text = maker.readTranscript({ name: "narration.md", bytes: new TextEncoder().encode(words) }, { wordsPerMinute });
  const told = text.transcript ? maker.inOwnWords(text.transcript, heard, { file: OWN_WORDS.toLowerCase(), heardIn, wordsPerMinute }) : text;
  const problems = told.problems.map(aboutOwnWords);
  return { problems, transcript: told.transcript && { ...told.transcript, format: `${heard.format}, in ${OWN_WORDS.toLowerCase()}`, findings: problems } };
}

function aboutOwnWords({ range, message, ...problem }: Problem): Problem {
  return problem.file === "narration.md" || problem.file === OWN_WORDS.toLowerCase() ? { ...problem, message: `${OWN_WORDS}: ${message}` } : { ...problem, message, range };
}

/** Says what segments were planned from; changes by hand belong to it. */
function planKey(source: string, { shotLength, wordsPerMinute, frameRate }: Cutting, { basis, cues }: Transcript): string {
  const { shortest, ideal, longest } = shotLength;
  return [source, shortest, ideal, longest, basis === "estimated" ? wordsPerMinute : "", frameRate ?? "", cues.length].join("|");
}
