import type { Body } from "./requestBodies.ts";

export type Api = "responses" | "chat";

/** One request, without any retry. What it rejects with names no key: ServerFailure, ConnectionFailure or an AbortError. */
export interface Transport {
  /** Resolves as soon as the headers are there. */
  send(api: Api, body: Body, signal: AbortSignal): Promise<Response>;
  listModels(signal: AbortSignal): Promise<Response>;
}
