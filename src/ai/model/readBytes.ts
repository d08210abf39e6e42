import { onAbort } from "./onAbort.ts";
import { AnswerFault } from "./answerFault.ts";
import { toConnectionFailure } from "./guardedFetch.ts";

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Called for every piece, comments that keep a connection alive included. */
  readonly onBytes?: () => void;
  /** Where the answer is larger than any text. */
  readonly maxBytes?: number;
}

/** No answer that is asked for here comes near it. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * The body of a response, piece by piece. Stops at once when aborted.
 * @throws {ConnectionFailure} where the connection breaks; {AnswerFault} where there is no end to it
 */
export async function* readBytes(body: ReadableStream<Uint8Array> | null, { signal, onBytes, maxBytes = MAX_ANSWER_BYTES }: ReadOptions): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let length = 0;
  let unlisten = () => {};
  const stopped = new Promise<never>((_, reject) => (unlisten = onAbort(signal, reject)));
  stopped.catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(toConnectionFailure), stopped]);
      if (done) return;
      onBytes?.();
      length += value.length;
      if (length > maxBytes) throw new AnswerFault("endless");
      yield value;
    }
  } finally {
    unlisten();
    // Not waited for: a server that is stuck would hold up whoever stopped.
    void reader.cancel().catch(() => undefined);
  }
}

/** The whole body as text. */
export async function readText(body: ReadableStream<Uint8Array> | null, options: ReadOptions): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const bytes of readBytes(body, options)) parts.push(decoder.decode(bytes, { stream: true }));
  return parts.join("") + decoder.decode();
}
