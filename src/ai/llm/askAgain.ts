import type { ModelRequest } from "../../pipeline/ports.ts";
import type { Answer } from "./askModel.ts";

/** Whether the same question may bring more the second time: not where the model objects. */
export function mayGoBetter({ outcome }: Answer): boolean {
  return outcome !== "refused" && outcome !== "filtered";
}

/** An answer that was too long is given more room. */
export function withRoomAfter(request: ModelRequest, last: Answer | undefined): ModelRequest {
  return last?.outcome === "truncated" ? { ...request, maxOutputTokens: request.maxOutputTokens * 2 } : request;
}
