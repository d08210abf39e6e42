export type AnswerFaultKind =
  /** The stream ended without saying so. */
  | "disconnected"
  /** Nothing came for too long. */
  | "stalled"
  /** The answer does not begin as JSON does, although JSON was asked for. */
  | "not json"
  | "schema ignored"
  /** What came is no answer of either API. */
  | "unreadable"
  /** More came than any answer needs. */
  | "endless";

/** The server answered, but not as it should. */
export class AnswerFault extends Error {
  readonly kind: AnswerFaultKind;

  constructor(kind: AnswerFaultKind) {
    super(kind);
    this.kind = kind;
  }
}
