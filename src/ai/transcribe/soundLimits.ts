import { StoryDirectorError } from "../../core/errors.ts";
import type { SpokenSound } from "../../pipeline/ports.ts";
import type { Endpoint } from "../model/endpoint.ts";

/** OpenAI's limits (openai 7.57, transcriptions.d.ts; developers.openai.com, speech to text). Other servers have their own. */
const MOST_BYTES = 25 * 1024 * 1024;
const TAKEN: ReadonlySet<string> = new Set(["flac", "mp3", "mp4", "m4a", "mov", "ogg", "wav", "webm"]);

/** 64 kbit/s in 25 MB are 54 minutes. */
export const SMALLER = "Export it as MP3 in mono with 64 kbit/s, of which 50 minutes fit into one file (ffmpeg -i sound -vn -ac 1 -b:a 64k voice.mp3), or transcribe it on this machine, with Whisper for example, and give the JSON that comes out.";

/** @throws {StoryDirectorError} for what OpenAI is known to refuse, before it is sent */
export function refuseUnfit({ name, bytes, ending }: SpokenSound, { kind, host }: Endpoint): void {
  if (kind !== "openai" && kind !== "azure") return;
  if (!TAKEN.has(ending)) throw new StoryDirectorError(`${name} cannot be transcribed: ${host} takes no ${ending.toUpperCase()} files`, { hint: SMALLER });
  if (bytes.length > MOST_BYTES) throw new StoryDirectorError(`${name} cannot be transcribed: it has ${(bytes.length / 1024 / 1024).toFixed(1)} MB, and ${host} takes 25 MB at most`, { hint: SMALLER });
}
