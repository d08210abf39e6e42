import { StoryDirectorError } from "../../core/errors.ts";
import { COMMANDS } from "../ids.ts";

/** A command that leads out of a failure. */
export interface Offer {
  readonly title: string;
  readonly command: string;
}

const SET_KEY: Offer = { title: "Set API Key", command: COMMANDS.setApiKey };
const CHOOSE_MODEL: Offer = { title: "Choose AI Model", command: COMMANDS.chooseModel };

/** The chosen model cannot be used as things are set; nothing has been sent. */
export class ModelChoiceError extends StoryDirectorError {
  readonly fault: "no key" | "no model";

  constructor(fault: "no key" | "no model", message: string, hint: string) {
    super(message, { hint });
    this.fault = fault;
  }
}

/** By the error's shape: what the engine throws is of classes of its own. */
export function offerFor(error: unknown): Offer | undefined {
  const { fault } = (error ?? {}) as { fault?: unknown };
  if (fault === "no key" || fault === "key refused") return SET_KEY;
  return fault === "no model" || fault === "not found" ? CHOOSE_MODEL : undefined;
}
