import { StoryDirectorError } from "../../core/errors.ts";

/** A model answered, but what it wrote cannot be used. Its `exchanges` hold what it was asked and wrote. */
export class ModelAnswerError extends StoryDirectorError {
  /** The model's own text, call by call. */
  get transcript(): string {
    return this.exchanges.map(({ answer, outcome }, index) => `--- answer ${index + 1}: ${outcome}\n${answer}`).join("\n");
  }
}
