import { AnswerFault } from "./answerFault.ts";
import { describeFault } from "./describeFault.ts";
import type { Endpoint } from "./endpoint.ts";
import { listIn, parseJson, textIn } from "./json.ts";
import { throwIfAborted, untilAborted } from "./onAbort.ts";
import { readText } from "./readBytes.ts";
import type { Cleaner } from "./redact.ts";
import { ServerFailure } from "./serverFailure.ts";
import type { Timing } from "./timing.ts";
import type { Transport } from "./transport.ts";
import { withinTime } from "./withinTime.ts";

export interface ProbeReport {
  /** As it is used, e.g. `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  /** What the server lists, sorted; undefined where it keeps no list. */
  readonly models: readonly string[] | undefined;
  /** Of the models that are set, those that it does not list. */
  readonly missing: readonly string[];
}

export interface ProbeOptions {
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly wanted: readonly string[];
  readonly timing: Timing;
  readonly hasKey: boolean;
  readonly clean: Cleaner;
}

/** Somebody is looking at it. */
const LONGEST_PROBE_MS = 15_000;

/** `GET /models`, once. @throws {ModelError} */
export async function probeModels(options: ProbeOptions, signal: AbortSignal): Promise<ProbeReport> {
  const { endpoint, wanted, hasKey, clean } = options;
  const models = await listModels(options, signal).catch((error: unknown) => {
    throwIfAborted(signal);
    // It answers and takes the key, if any: some servers just have no list.
    if (error instanceof ServerFailure && (error.status === 404 || error.status === 405 || error.status === 501)) return undefined;
    throw describeFault(error, { endpoint, hasKey, clean, isResumable: false });
  });
  return { baseUrl: endpoint.baseUrl, models, missing: models ? wanted.filter((name) => !isListed(name, models)) : [] };
}

function listModels({ transport, timing }: ProbeOptions, signal: AbortSignal): Promise<string[]> {
  return withinTime({ limitMs: LONGEST_PROBE_MS, timing, signal }, async (inTime) => {
    const response = await untilAborted(transport.listModels(inTime), inTime);
    return readNames(parseJson(await readText(response.body, { signal: inTime })));
  });
}

function readNames(list: unknown): string[] {
  const entries = Array.isArray(list) ? (list as unknown[]) : [...listIn(list, "data"), ...listIn(list, "models")];
  const names = entries.flatMap((entry) => textIn(entry, "id") ?? textIn(entry, "name") ?? []);
  // Whoever answers, but with no list: a web page, or a server of another kind.
  if (names.length === 0 && !isEmptyList(list)) throw new AnswerFault("unreadable");
  return [...new Set(names)].sort();
}

function isEmptyList(list: unknown): boolean {
  return typeof list === "object" && list !== null && (Array.isArray(list) || "data" in list || "models" in list);
}

/** Ollama lists `qwen3:latest` for `qwen3`, Gemini `models/gemini-3-flash` for `gemini-3-flash`. */
function isListed(name: string, models: readonly string[]): boolean {
  return models.some((model) => model === name || model === `${name}:latest` || model === `models/${name}`);
}
