import { StoryDirectorError, type ErrorDetails } from "../../core/errors.ts";

export interface AnswerErrorDetails extends ErrorDetails {
  /** All that the model wrote, call by call. */
  readonly transcript: string;
}

/** A model answered, but what it wrote cannot be used. */
export class ModelAnswerError extends StoryDirectorError {
  /** The model's own text, for whoever wants to know why; it may quote the story. */
  readonly transcript: string;

  constructor(message: string, { transcript, ...details }: AnswerErrorDetails) {
    super(message, details);
    this.transcript = transcript;
  }
}
