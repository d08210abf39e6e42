import { listIn, objectIn, parseJson } from "../model/json.ts";
import { ServerFailure } from "../model/serverFailure.ts";

/** The server answered, but not with a transcript. */
export class HeardFault extends Error {
  /** What came instead, e.g. `a web page`. */
  readonly found: string;

  constructor(found: string) {
    super(found);
    this.found = found;
  }
}

/**
 * The answer as a file that narration is read from: its JSON as it came, subtitles as they are, and
 * bare text as the JSON that it should have been.
 * @throws {HeardFault} where it is none; {ServerFailure} where a server tells of a failure with status 200
 */
export function readHeard(body: string): Uint8Array {
  const parsed = parseJson(body);
  const answer = objectIn(parsed);
  if (answer) {
    if (answer["error"]) throw new ServerFailure({ body: answer });
    if (typeof answer["text"] !== "string" && listIn(answer, "segments").length + listIn(answer, "words").length === 0) throw new HeardFault("JSON without a transcript");
    return encode(body);
  }
  if (parsed !== undefined) throw new HeardFault("JSON without a transcript");
  if (/^\s*</.test(body)) throw new HeardFault("a web page");
  if (body.trim() === "") throw new HeardFault("an empty answer");
  if (/^\s*[{[]/.test(body)) throw new HeardFault("JSON that breaks off");
  return encode(/^\s*WEBVTT\b|\d\d:\d\d[,.]\d{3} --> /.test(body) ? body : JSON.stringify({ text: body }));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
