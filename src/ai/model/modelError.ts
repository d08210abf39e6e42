import { StoryDirectorError, type ErrorDetails } from "../../core/errors.ts";

/** Why a call to a model came to nothing, or to less than was asked for. */
export type ModelFault =
  | "key refused"
  | "not allowed"
  | "not found"
  | "quota spent"
  | "rejected"
  | "busy"
  | "failed"
  | "unreachable"
  | "redirected"
  | "disconnected"
  | "stalled"
  | "unreadable";

export interface ModelErrorDetails extends Pick<ErrorDetails, "hint"> {
  readonly fault: ModelFault;
  readonly isResumable?: boolean;
}

/** Asking again, for this or for anything else, is answered in the same way. */
const LASTING_FAULTS: ReadonlySet<ModelFault> = new Set(["key refused", "not allowed", "not found", "quota spent", "rejected", "redirected"]);

/**
 * A call to a model failed; the message names the host, the hint the way out. It has no `cause`:
 * what the transport throws may quote the key or the story.
 */
export class ModelError extends StoryDirectorError {
  readonly fault: ModelFault;
  /** The stream broke after text had come. What came stands: ask again for the rest only. */
  readonly isResumable: boolean;

  constructor(message: string, { fault, hint, isResumable = false }: ModelErrorDetails) {
    super(message, { hint, endsRun: LASTING_FAULTS.has(fault) });
    this.fault = fault;
    this.isResumable = isResumable;
  }
}
