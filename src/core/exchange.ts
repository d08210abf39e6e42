/** One call to a model, as it was asked and answered. It quotes the story, and whatever a model wrote. */
export interface Exchange {
  /** What the call was for, e.g. `draft` or `repair`. */
  readonly purpose: string;
  /** Which of the models was asked: the director's or the optimizer's. */
  readonly role: string;
  readonly model: string;
  /** What was asked for: segment ids, or the tag that was described. */
  readonly ids: readonly string[];
  /** The part of the request that is its own; absent where only the answer is known. */
  readonly instruction?: string | undefined;
  /** How the answer ended, e.g. `its answer was complete`. */
  readonly outcome: string;
  /** Word for word. */
  readonly answer: string;
}
