import type { Problem } from "../../core/problem.ts";
import { formatTime } from "../../core/times.ts";
import type { Transcript } from "../../import/transcript.ts";
import type { Finding, ShownSource } from "./protocol.ts";
import type { Source } from "./wizardPorts.ts";
import { describeTranscript } from "./words.ts";

/** A source as it was read, at some speed of speech. */
export interface Reading {
  /** Says what the source holds, in a few characters. */
  readonly key: string;
  readonly wordsPerMinute: number;
  /** The person's own, if it was read in any. */
  readonly ownWords: string | undefined;
  /** Whether the source has times for words of a person's own. */
  readonly takesWords: boolean;
  readonly transcript: Transcript | undefined;
  readonly problems: readonly Problem[];
}

/** More than a person reads; the number of the others is said. */
const MOST_FINDINGS = 50;

export function shownSource({ kind, name, uri }: Source, reading: Reading | undefined): ShownSource {
  const transcript = reading?.transcript;
  const findings = reading ? findingsOf(reading) : [];
  const rest = findings.length - MOST_FINDINGS;
  return {
    kind,
    name,
    summary: transcript ? describeTranscript(transcript) : "",
    canShow: uri !== undefined,
    isEstimated: transcript ? transcript.basis === "estimated" : kind === "text",
    doubtful: transcript?.cues.filter(({ doubt }) => doubt !== undefined).length ?? 0,
    takesWords: reading?.takesWords ?? false,
    ...(transcript?.timeCode !== undefined && { timeCode: formatTime(transcript.timeCode) }),
    findings: rest > 0 ? [...findings.slice(0, MOST_FINDINGS), { severity: "warning", message: `… and ${rest} more` }] : findings,
  };
}

/** What a person has to know of a source, errors first. */
export function findingsOf({ problems, transcript }: Reading): Finding[] {
  const found = [...problems, ...(transcript?.findings ?? []).filter((finding) => !problems.includes(finding))].map(toFinding);
  return [...found.filter(({ severity }) => severity === "error"), ...found.filter(({ severity }) => severity === "warning")];
}

function toFinding({ severity, message, hint, range }: Problem): Finding {
  return { severity, message, ...(hint !== undefined && { hint }), ...(range && { line: range.start.line + 1 }) };
}
