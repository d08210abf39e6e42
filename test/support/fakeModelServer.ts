import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { status, type FakeAnswer, type SpokenAnswer } from "./fakeModelServer/answers.ts";
import { renderStream, renderWhole, type FakeApi } from "./fakeModelServer/wire.ts";

/** What came in. */
export interface FakeCall {
  /** Position among all calls, from 0. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly api: FakeApi | "models" | "other";
  readonly headers: IncomingHttpHeaders;
  /** As JSON; undefined where it is none. */
  readonly body: FakeBody;
  readonly text: string;
}

/** A body of either API, as loosely as tests look at it. */
export type FakeBody = Readonly<Record<string, unknown>> & { readonly model?: string; readonly stream?: boolean };

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
  stop(): Promise<void>;
}

/** Servers that stop when the suite is over; call it inside `describe`. */
export function fakeModelServers(): (handler: FakeHandler) => Promise<FakeModelServer> {
  const started: FakeModelServer[] = [];
  after(() => Promise.all(started.map((server) => server.stop())));
  return async (handler) => {
    const server = await startFakeModelServer(handler);
    started.push(server);
    return server;
  };
}

/**
 * A server on this machine that speaks the Responses API and Chat Completions, streamed and whole,
 * with whatever fault a test asks for. It keeps no process alive.
 */
export async function startFakeModelServer(handler: FakeHandler): Promise<FakeModelServer> {
  const calls: FakeCall[] = [];
  const sockets = new Set<{ readonly bytesRead: number; destroy(): void; unref(): void }>();
  let [connections, closedBytes, openAnswers] = [0, 0, 0];
  const server = createServer((request, response) => {
    openAnswers++;
    response.once("close", () => openAnswers--);
    void receive(request, calls)
      .then(async (call) => send(response, call, await handler(call)))
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
  const text = Buffer.concat(parts).toString("utf8");
  const path = request.url ?? "";
  const call: FakeCall = { index: calls.length, method: request.method ?? "", path, api: apiOf(path), headers: request.headers, body: parse(text), text };
  calls.push(call);
  return call;
}

function apiOf(path: string): FakeCall["api"] {
  if (path.endsWith("/chat/completions")) return "chat";
  if (path.endsWith("/responses")) return "responses";
  return path.endsWith("/models") ? "models" : "other";
}

function parse(text: string): FakeBody {
  try {
    return JSON.parse(text) as FakeBody;
  } catch {
    return {};
  }
}

async function send(response: ServerResponse, call: FakeCall, answer: FakeAnswer): Promise<void> {
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
    case "spoken":
      await speak(response, call, answer);
      return;
    case "raw":
      response.writeHead(answer.status ?? 200, { "content-type": answer.type });
      for (const part of answer.parts) await write(response, part);
      if (!answer.staysOpen) response.end();
  }
}

async function speak(response: ServerResponse, call: FakeCall, answer: SpokenAnswer): Promise<void> {
  if (call.api !== "responses" && call.api !== "chat") return send(response, call, status(404, "not found"));
  const { firstMs = 0, delayMs = 0, headers = {}, quirks = {}, ending = "completed" } = answer;
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

/** Each part travels alone, so that the reader meets the same pieces. */
async function write(response: ServerResponse, part: string | Uint8Array): Promise<void> {
  response.write(part);
  await new Promise(setImmediate);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
