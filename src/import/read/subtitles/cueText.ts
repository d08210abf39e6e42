import type { TimedPiece } from "../rawCue.ts";
import { decodeEntities } from "./entities.ts";
import { parseClock } from "./timeLine.ts";

/** What one voice says in a cue. */
export interface Run {
  readonly speaker: string | undefined;
  /** Lines as displayed, without markup. */
  readonly text: string;
  /** The text between karaoke times; seconds. Undefined where there are none. */
  readonly pieces: readonly TimedPiece[] | undefined;
}

interface OpenRun {
  speaker: string | undefined;
  text: string;
  pieces: { text: string; start: number | undefined }[];
}

/** Tags of subtitles and the small rest of HTML that programs write into them; `a < b` and `<3` are text. */
const MARKUP = /<(\/?[a-zA-Z][^<>]{0,200}|\d[\d:.,]{0,20})>|\{\\[^{}]{0,200}\}|\{\/?[biusYycfFSP](?::[^{}]{0,60})?\}/g;
const VOICE = /^v(?:\.[^\s<>]*)?\s+(.+)$/i;

/** Takes the markup out of a cue: voices become speakers, karaoke times the times of words. */
export function readCueText(source: string, startSeconds: number): Run[] {
  let run: OpenRun = { speaker: undefined, text: "", pieces: [{ text: "", start: startSeconds }] };
  const runs = [run];
  const add = (text: string) => {
    const plain = decodeEntities(text);
    run.text += plain;
    run.pieces.at(-1)!.text += plain;
  };
  let at = 0;
  for (const match of source.matchAll(MARKUP)) {
    add(source.slice(at, match.index));
    at = match.index + match[0].length;
    const tag = match[1] ?? "";
    const time = /^\d/.test(tag) ? parseClock(tag) : undefined;
    const voice = VOICE.exec(tag)?.[1];
    if (time !== undefined) run.pieces.push({ text: "", start: time });
    else if (/^\d/.test(tag)) add(match[0]);
    else if (voice !== undefined) {
      run = { speaker: decodeEntities(voice).trim(), text: "", pieces: [{ text: "", start: run.text.trim() ? undefined : startSeconds }] };
      runs.push(run);
    } else if (/^br\b/i.test(tag)) add("\n");
  }
  add(source.slice(at));
  const spoken = runs.filter(({ text }) => text.trim() !== "");
  return (spoken.length ? spoken : runs.slice(-1)).map(({ speaker, text, pieces }): Run => {
    const { text: plain, label } = withoutLabel(text, speaker);
    return { speaker: speaker ?? label, text: plain, pieces: timedPieces(pieces) };
  });
}

/** A piece ends where the next begins; the last has no end of its own. */
function timedPieces(pieces: OpenRun["pieces"]): TimedPiece[] | undefined {
  if (pieces.length < 2) return undefined;
  return pieces.flatMap(({ text, start }, index) => (text.trim() ? [{ text, start, end: pieces[index + 1]?.start }] : []));
}

const BRACKETED = /^\s*(?:>>+\s*|-\s+)?[[(]((?:SPEAKER|Speaker)[ _]?[\p{L}\p{N}]{1,10}|\p{Lu}[\p{Lu}\p{N} .'’-]{1,30})[\])]\s*:\s*(?=\S)/u;
const CAPITALS = /^\s*(?:>>+\s*|-\s+)?((?:SPEAKER|Speaker)[ _]?[\p{L}\p{N}]{1,10}|\p{Lu}[\p{Lu}\p{N}.'’-]{1,24}(?: [\p{Lu}\p{N}.'’-]{1,24}){0,2}):\s+(?=\S)/u;
const NO_NAMES = /^(?:NOTE|NB|PS|P\.S\.|WARNING|CAUTION|IMPORTANT|CHAPTER|PART|STEP|TIP|Q|A|FACT|UPDATE|EXAMPLE|QUESTION|ANSWER|SUMMARY|CONCLUSION|TITLE)\b/;

/** `BOB: Come here.` is said by BOB; a dash or `>>` at the start of a line shows a change of speaker and is not said. */
export function withoutLabel(text: string, speaker: string | undefined): { readonly text: string; readonly label: string | undefined } {
  const match = speaker === undefined ? (BRACKETED.exec(text) ?? CAPITALS.exec(text)) : null;
  const label = match && !NO_NAMES.test(match[1]!) ? match[1]! : undefined;
  const rest = label === undefined ? text : text.slice(match![0].length);
  return { label, text: rest.replace(/^([ \t]*)(?:-(?:[ \t]+(?=\S)|(?=[\p{L}"'“‘¿¡«…[(♪]))|>>+[ \t]*)/gmu, "$1") };
}
