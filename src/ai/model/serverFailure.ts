import { numberIn, objectIn, textIn } from "./json.ts";

/** What a server answered instead of text, by status or in the middle of a stream. Nothing of it is fit to be shown yet. */
export class ServerFailure extends Error {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly headers: Headers | undefined;

  constructor(parts: { readonly status?: number | undefined; readonly body?: unknown; readonly headers?: Headers | undefined }) {
    const { status, body, headers } = parts;
    const error = objectIn(body, "error") ?? objectIn(body) ?? {};
    const words = textIn(error, "message") ?? textIn(body, "error") ?? textIn(body, "message") ?? textIn(body, "detail") ?? (typeof body === "string" ? body : undefined);
    super(words ?? (objectIn(body, "error") || listOf(body) ? JSON.stringify(body) : ""));
    this.code = textIn(error, "code") ?? numberIn(error, "code")?.toString();
    this.type = textIn(error, "type");
    this.param = textIn(error, "param");
    this.headers = headers;
    this.status = status ?? statusOf(this.code, this.type);
  }
}

/** The connection could not be made, or broke; `code` is Node's, such as ECONNREFUSED. */
export class ConnectionFailure extends Error {
  readonly code: string | undefined;

  constructor(code?: string) {
    super(code ?? "connection failed");
    this.code = code;
  }
}

/** Whether the server has no such path at all. A model that is not there is a 404 as well, but then the server names it. LM Studio answers 200 and says so. */
export function isMissingEndpoint({ status, code, message }: ServerFailure, model: string): boolean {
  if (status === undefined) return /unexpected endpoint|unknown (?:endpoint|url|path)/i.test(message);
  if (status !== 404 && status !== 405 && status !== 501) return false;
  return code !== "model_not_found" && !message.includes(model);
}

// FastAPI answers `{ "detail": [ … ] }`.
function listOf(body: unknown): boolean {
  return Array.isArray(objectIn(body)?.["detail"]);
}

/** The status that a failure inside a stream would have had: the stream itself was a 200. */
function statusOf(code: string | undefined, type: string | undefined): number | undefined {
  if (code !== undefined && /^[45]\d\d$/.test(code)) return Number(code);
  switch (code ?? type ?? "") {
    case "rate_limit_exceeded":
    case "too_many_requests":
    case "insufficient_quota":
      return 429;
    case "server_error":
    case "internal_error":
    case "internal_server_error":
    case "overloaded":
    case "overloaded_error":
    case "server_overloaded":
    case "service_unavailable":
      return 500;
    case "invalid_api_key":
      return 401;
    case "model_not_found":
      return 404;
    default:
      return undefined;
  }
}
