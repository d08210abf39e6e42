import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { drawsAnswer, readForm } from "./fakeModelServer/images.ts";
import { CHARACTERS_A_TOKEN, DEFAULT_CHUNK_LENGTH, status, type FakeAnswer, type SpokenAnswer } from "./fakeModelServer/answers.ts";
import { renderStream, renderWhole, type FakeApi } from "./fakeModelServer/wire.ts";

/** What came in. */
export interface FakeCall {
  /** Position among all calls, from 0. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly api: FakeApi | "models" | "images" | "audio" | "other";
  readonly headers: IncomingHttpHeaders;
  /** As JSON, or the fields of a form; empty where it is neither. */
  readonly body: FakeBody;
  readonly text: string;
}

/** A body of either API, as loosely as tests look at it. */
export type FakeBody = Readonly<Record<string, unknown>> & { readonly model?: string; readonly stream?: boolean };

export interface FakeServerOptions {
  /** What takes its time; real time where absent. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export type FakeHandler = (call: FakeCall) => FakeAnswer | Promise<FakeAnswer>;

export interface FakeModelServer {
  /** Without a path, e.g. `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly baseUrl: string;
  readonly calls: readonly FakeCall[];
  /** How many connections were made: fewer than calls where they are used again. */
  readonly connections: number;
  /** Bytes that came in on all of them, headers included. */
  readonly bytesReceived: number;
  /** Answers that nobody has finished or given up on. */
  readonly openAnswers: number;
  /** Those of them that say no more and stay open: who waits for one waits forever. */
  readonly silentAnswers: number;
  stop(): Promise<void>;
}

/** Servers that stop when the suite is over; call it inside `describe`. */
export function fakeModelServers(): (handler: FakeHandler, options?: FakeServerOptions) => Promise<FakeModelServer> {
  const started: FakeModelServer[] = [];
  after(() => Promise.all(started.map((server) => server.stop())));
  return async (handler, options) => {
    const server = await startFakeModelServer(handler, options);
    started.push(server);
    return server;
  };
}

/**
 * A server on this machine that speaks the Responses API and Chat Completions, streamed and whole,
 * and draws by the images API, with whatever fault a test asks for. It keeps no process alive.
 */
export async function startFakeModelServer(handler: FakeHandler, { sleep = sleepReally }: FakeServerOptions = {}): Promise<FakeModelServer> {
  const calls: FakeCall[] = [];
  const sockets = new Set<{ readonly bytesRead: number; destroy(): void; unref(): void }>();
  const silent = new Set<ServerResponse>();
  let [connections, closedBytes, openAnswers] = [0, 0, 0];
  const server = createServer((request, response) => {
    openAnswers++;
    response.once("close", () => {
      openAnswers--;
      silent.delete(response);
    });
    void receive(request, calls)
      .then(async (call) => send({ response, call, sleep }, await handler(call)))
      .then(() => void (!response.writableEnded && !response.destroyed && silent.add(response)))
      .catch((error: unknown) => response.destroy(error as Error));
  });
  server.on("connection", (socket) => {
    connections++;
    sockets.add(socket);
    socket.unref();
    socket.setNoDelay(true);
    socket.once("close", () => {
      sockets.delete(socket);
      closedBytes += socket.bytesRead;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    calls,
    get connections() {
      return connections;
    },
    get bytesReceived() {
      return [...sockets].reduce((sum, socket) => sum + socket.bytesRead, closedBytes);
    },
    get openAnswers() {
      return openAnswers;
    },
    get silentAnswers() {
      return silent.size;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function receive(request: IncomingMessage, calls: FakeCall[]): Promise<FakeCall> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const text = bytes.toString("utf8");
  const path = request.url ?? "";
  const form = await readForm(bytes, request.headers["content-type"]);
  const call: FakeCall = { index: calls.length, method: request.method ?? "", path, api: apiOf(path), headers: request.headers, body: form ?? parse(text), text };
  calls.push(call);
  return call;
}

function apiOf(path: string): FakeCall["api"] {
  if (path.endsWith("/chat/completions")) return "chat";
  if (path.endsWith("/responses")) return "responses";
  if (/\/images\/(?:generations|edits)$/.test(path)) return "images";
  if (path.endsWith("/audio/transcriptions")) return "audio";
  return path.endsWith("/models") ? "models" : "other";
}

function parse(text: string): FakeBody {
  try {
    return JSON.parse(text) as FakeBody;
  } catch {
    return {};
  }
}

interface Exchange {
  readonly response: ServerResponse;
  readonly call: FakeCall;
  readonly sleep: (ms: number) => Promise<void>;
}

async function send(exchange: Exchange, answer: FakeAnswer): Promise<void> {
  const { response } = exchange;
  switch (answer.kind) {
    case "status":
      response.writeHead(answer.status, { "content-type": answer.type ?? "application/json", ...answer.headers });
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
      return;
    case "hang":
      return;
    case "drop":
      response.destroy();
      return;
    case "drawn":
      return send(exchange, exchange.call.api === "images" ? drawsAnswer(answer, exchange.call.body) : status(404, "not found"));
    case "spoken":
      await speak(exchange, answer);
      return;
    case "raw":
      response.writeHead(answer.status ?? 200, { "content-type": answer.type });
      for (const part of answer.parts) await write(response, part);
      if (answer.isCut) response.destroy();
      else if (!answer.staysOpen) response.end();
  }
}

async function speak(exchange: Exchange, answer: SpokenAnswer): Promise<void> {
  const { response, call, sleep } = exchange;
  if (call.api !== "responses" && call.api !== "chat") return send(exchange, status(404, "not found"));
  const { firstMs = 0, headers = {}, quirks = {}, ending = "completed" } = answer;
  const delayMs = delayOf(answer);
  if (firstMs) await sleep(firstMs);
  if (quirks.wholeBody) {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(renderWhole(call.api, answer, call.body.model)));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
  for (const part of renderStream(call.api, answer, call.body.model)) {
    if (response.destroyed) return;
    await write(response, part);
    if (delayMs) await sleep(delayMs);
  }
  if (ending === "stall") return;
  if (ending === "cut") response.destroy();
  else response.end();
}

/** Milliseconds after every piece: as told, or as a model takes that writes so many tokens a second. */
function delayOf({ delayMs = 0, tokensPerSecond, chunkLength = DEFAULT_CHUNK_LENGTH }: SpokenAnswer): number {
  return tokensPerSecond === undefined ? delayMs : (1000 * chunkLength) / CHARACTERS_A_TOKEN / tokensPerSecond;
}

/** Each part travels alone, so that the reader meets the same pieces. */
async function write(response: ServerResponse, part: string | Uint8Array): Promise<void> {
  response.write(part);
  await new Promise(setImmediate);
}

function sleepReally(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
