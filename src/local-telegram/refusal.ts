/**
 * An answer `{ ok: false }` of the Bot API, thrown from any depth of a method and turned into JSON in one place.
 * It is thrown and not returned because it is this server's product: whoever calls a method gets exactly these words.
 */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number } | undefined;

  constructor(code: number, description: string, parameters?: { retry_after?: number }) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400: the request itself is wrong; `words` as Telegram says them, without the prefix. */
export const badRequest = (words: string): Refusal => new Refusal(400, `Bad Request: ${words}`);

/** 403: the request is fine, but this chat does not take it. */
export const forbidden = (words: string): Refusal => new Refusal(403, `Forbidden: ${words}`);

/** 409: two readers of one queue. */
export const conflict = (words: string): Refusal => new Refusal(409, `Conflict: ${words}`);

/** 429 with the seconds to wait, in the words and in `parameters.retry_after`. */
export const tooManyRequests = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
