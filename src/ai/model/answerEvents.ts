import type { TokenUsage } from "../../core/cost.ts";
import type { ModelEvent, ModelOutcome } from "../../pipeline/ports.ts";
import { AnswerFault } from "./answerFault.ts";
import { chatPieces, responsesPieces, type AnswerPiece } from "./answerPieces.ts";
import type { Step } from "./endpoint.ts";
import { parseJson } from "./json.ts";
import { readBytes, readText } from "./readBytes.ts";
import { readServerSentEvents } from "./serverSentEvents.ts";
import type { ServerFailure } from "./serverFailure.ts";
import { createVisibleText } from "./visibleText.ts";
import type { Watchdog } from "./watchdog.ts";

export interface ReadAnswerOptions {
  readonly step: Step;
  /** What was asked for; the server may name another. */
  readonly model: string;
  readonly signal: AbortSignal;
  readonly watchdog: Watchdog;
}

/**
 * Reads one answer, streamed or whole: text as it comes, then `end` with how it ended.
 * @throws {AnswerFault | ServerFailure | ConnectionFailure} where it has no end. An AbortError when stopped.
 */
export async function* readAnswer(response: Response, options: ReadAnswerOptions): AsyncGenerator<ModelEvent> {
  const answer = createAnswer(options);
  try {
    for await (const pieces of readPieces(response, options)) {
      const text = answer.take(pieces);
      if (text !== "") yield { type: "text", delta: text };
      if (answer.failure) throw answer.failure;
    }
  } catch (error) {
    if (!answer.hasEnded || isStopped(options) || isAboutTheText(error)) throw error;
    // What breaks after the end does no harm.
  }
  const rest = answer.finish();
  if (rest !== "") yield { type: "text", delta: rest };
  yield answer.end();
}

function isStopped({ signal, watchdog }: ReadAnswerOptions): boolean {
  return signal.aborted && !watchdog.hasStalled;
}

function isAboutTheText(error: unknown): boolean {
  return error instanceof AnswerFault && (error.kind === "not json" || error.kind === "schema ignored");
}

interface Answer {
  readonly hasEnded: boolean;
  readonly failure: ServerFailure | undefined;
  /** Gives the text to be passed on. @throws {AnswerFault} */
  take(pieces: readonly AnswerPiece[]): string;
  /** The stream is over: what is left of the text. @throws {AnswerFault} */
  finish(): string;
  end(): ModelEvent;
}

function createAnswer({ step, model, watchdog }: ReadAnswerOptions): Answer {
  const visible = createVisibleText();
  const shown: string[] = [];
  let [whole, isRefused, saidModel]: [string, boolean, string] = ["", false, model];
  let outcome: ModelOutcome | undefined;
  let usage: TokenUsage | undefined;
  let failure: ServerFailure | undefined;

  const show = (text: string): string => {
    if (text === "") return "";
    if (shown.length === 0 && step !== "text" && !text.startsWith("{")) throw new AnswerFault("not json");
    shown.push(text);
    return text;
  };
  const takeOne = (piece: AnswerPiece): string => {
    switch (piece.type) {
      case "text":
        watchdog.sawText();
        return piece.text;
      case "whole":
        whole ||= piece.text;
        return "";
      case "refusal":
        isRefused = true;
        return "";
      case "model":
        saidModel = isModelName(piece.model) ? piece.model : saidModel;
        return "";
      case "usage":
        usage = piece.usage;
        return "";
      case "schema ignored":
        if (shown.length === 0) throw new AnswerFault("schema ignored");
        return "";
      case "ended":
        outcome ??= piece.outcome;
        watchdog.sawEnd();
        return "";
      case "failed":
        if (!outcome) failure ??= piece.failure;
        return "";
    }
  };
  return {
    get hasEnded() {
      return outcome !== undefined;
    },
    get failure() {
      return failure;
    },
    take: (pieces) => show(visible.push(pieces.map(takeOne).join(""))),
    finish() {
      const rest = show(shown.length === 0 && whole !== "" ? visible.push(whole) : visible.rest());
      const isWhole = () => step !== "responses" && parseJson(shown.join("")) !== undefined;
      // Some servers end a chat without a word: then the text itself must tell.
      if (!outcome && !isWhole()) throw new AnswerFault("disconnected");
      if (shown.length === 0 && step !== "text" && (outcome ?? "completed") === "completed" && !isRefused) throw new AnswerFault("not json");
      return rest;
    },
    end: () => ({ type: "end", outcome: isRefused ? "refused" : (outcome ?? "completed"), model: saidModel, usage }),
  };
}

/** The name goes into the story's files, so it must look like one. */
function isModelName(text: string): boolean {
  return /^[\w.:/@+-]{1,120}$/.test(text);
}

/** Lists of what one piece from the network brought. */
async function* readPieces(response: Response, { step, signal, watchdog }: ReadAnswerOptions): AsyncGenerator<readonly AnswerPiece[]> {
  const read = step === "responses" ? responsesPieces : chatPieces;
  const options = { signal, onBytes: () => watchdog.sawBytes() };
  const type = response.headers.get("content-type") ?? "";
  if (/json|html/i.test(type)) {
    const pieces = wholePieces(read(parseJson(await readText(response.body, options))));
    yield pieces;
    return;
  }
  for await (const events of readServerSentEvents(readBytes(response.body, options))) {
    yield events.flatMap((data) => (data.trim() === "[DONE]" ? (step === "responses" ? [] : [COMPLETED]) : read(parseEvent(data))));
  }
}

const COMPLETED: AnswerPiece = { type: "ended", outcome: "completed" };

/** A server that does not stream sends all at once, and need not say that it has ended. */
function wholePieces(pieces: readonly AnswerPiece[]): readonly AnswerPiece[] {
  if (!pieces.some(({ type }) => type === "text" || type === "whole" || type === "refusal" || type === "ended" || type === "failed")) throw new AnswerFault("unreadable");
  return [...pieces, COMPLETED];
}

/** Half an event is what a broken connection leaves behind. */
function parseEvent(data: string): unknown {
  const event = parseJson(data);
  if (event === undefined) throw new AnswerFault("disconnected");
  return event;
}
