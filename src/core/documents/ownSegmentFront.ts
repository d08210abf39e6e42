import { valueText } from "./source.ts";
import type { SegmentWriting } from "./segmentDocument.ts";

type Front = SegmentWriting["front"];

/**
 * The front matter of a new file, exactly as the YAML library writes it but many times faster:
 * every segment of a script is written once. Undefined where a value needs the library's own rules.
 */
export function newFrontLines({ madeFor, usedAssets, generated, finals = {} }: Front): readonly string[] | undefined {
  const narration = madeFor && blockText(madeFor.narration);
  const by = generated && (isPlainName(generated.by) ? generated.by : blockText(generated.by));
  if (madeFor === undefined || usedAssets === undefined || generated === undefined || narration === undefined || by === undefined) return undefined;
  const { scene, story, direction, assets } = generated.from;
  const from = flowMap({ scene, story, ...(direction === undefined ? {} : { direction }) }, ["assets", flowMap(assets)]);
  const outputs = Object.entries(finals).map(([name, hashes]) => [flowText(name), flowMap(hashes)] as const);
  const used = usedAssets.map(flowText);
  const text = flowMap(generated.text);
  const certain = [from, text, ...used, ...outputs.flat()];
  if (certain.includes(undefined)) return undefined;
  return [
    "madeFor:",
    `  narration: ${narration}`,
    `  seconds: ${JSON.stringify(madeFor.seconds)}`,
    `usedAssets: ${used.length ? `[ ${used.join(", ")} ]` : "[]"}`,
    "generated:",
    `  by: ${by}`,
    `  from: ${from}`,
    `  text: ${text}`,
    ...(outputs.length ? ["finals:", ...outputs.map(([name, hashes]) => `  ${name}: ${hashes}`)] : []),
  ];
}

/**
 * What lines that `newFrontLines` wrote say, many times faster than the YAML library reads them: most segments
 * of a script were never written by anyone else. A guess by position, proved by writing it: what gives the same
 * lines is what they say. Undefined where it does not, or where there is nothing to guess from.
 */
export function readOwnFrontLines(lines: readonly string[]): Front | undefined {
  const guess = lines.length < FIXED_LINES ? undefined : guessFront(lines);
  const written = guess && newFrontLines(guess);
  return written?.length === lines.length && written.every((line, index) => line === lines[index]) ? guess : undefined;
}

/** From `madeFor:` to `text:`. */
const FIXED_LINES = 8;

function guessFront(lines: readonly string[]): Front | undefined {
  const [narration, by] = [guessText(valueOf(lines[1]!)), guessText(valueOf(lines[5]!))];
  if (narration === undefined || by === undefined) return undefined;
  const [hashes = "", assets = ""] = lines[6]!.split(" assets: ");
  const { scene = "", story = "", direction } = guessMap(hashes);
  const from = { scene, story, ...(direction === undefined ? {} : { direction }), assets: guessMap(assets) };
  const finals = lines.slice(FIXED_LINES + 1).map((line) => {
    const { from: madeFrom = "", text = "" } = guessMap(valueOf(line));
    return [line.slice(0, line.indexOf(":")).replaceAll(/[ "]/g, ""), { from: madeFrom, text }] as const;
  });
  return {
    madeFor: { narration, seconds: Number(valueOf(lines[2]!)) },
    usedAssets: valueOf(lines[3]!).match(/[^\s,[\]"]+/g) ?? [],
    generated: { by, from, text: guessMap(lines[7]!) },
    ...(finals.length ? { finals: Object.fromEntries(finals) } : {}),
  };
}

/** What stands behind the line's key. */
function valueOf(line: string): string {
  return line.slice(line.indexOf(": ") + 2);
}

function guessText(value: string): string | undefined {
  if (value.startsWith("'")) return value.slice(1, -1).replaceAll("''", "'");
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return undefined;
  }
}

function guessMap(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([^\s{},:"]+)"?: "?([^\s{},"]+)/g)].map(([, key, value]) => [key, value]));
}

/** A text of one line behind a key. */
function blockText(text: string): string | undefined {
  // Silence.
  if (text === "") return '""';
  if (/[^\P{C}]|[\u2028\u2029]/u.test(text) || text.trim() === "") return undefined;
  return PLAIN_SENTENCE.test(text) ? text : valueText(text);
}

/** Several words without any sign that means something in YAML there. */
const PLAIN_SENTENCE = /^\p{L}[\p{L}\p{N},.;!?'’“”"()–—…-]*(?: [\p{L}\p{N},.;!?'’“”"()–—…-]+)+$/u;

function flowMap(entries: Readonly<Record<string, string | undefined>>, last?: readonly [string, string | undefined]): string | undefined {
  const pairs = Object.entries(entries).map(([key, value]) => [flowText(key), value === undefined ? undefined : flowText(value)] as const);
  if (last) pairs.push(last);
  if (pairs.some((pair) => pair.includes(undefined))) return undefined;
  return pairs.length ? `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")} }` : "{}";
}

/** Names that are neither a number nor a word of YAML; hashes, with quotes where they look like a number. */
function flowText(text: string): string | undefined {
  if (HASH.test(text)) return NUMBER.test(text) ? `"${text}"` : text;
  return isPlainName(text) ? text : undefined;
}

function isPlainName(text: string): boolean {
  return PLAIN_NAME.test(text) && !WORD_OF_YAML.test(text);
}

const HASH = /^[0-9a-f]{8}$/;
/** `12345678` and `1e234567`. */
const NUMBER = /^[0-9]+(?:e[0-9]+)?$/;
const PLAIN_NAME = /^[a-z][a-z0-9_./-]*$/;
const WORD_OF_YAML = /^(?:null|true|false)$/;
