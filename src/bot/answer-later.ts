/** Telegram does not take the answer now; the update has to come again after `afterMs`. */
export class AnswerLater extends Error {
  override name = "AnswerLater";
  readonly afterMs: number;
  constructor(afterMs: number) {
    super("Telegram asked to wait with an answer");
    this.afterMs = afterMs;
  }
}
