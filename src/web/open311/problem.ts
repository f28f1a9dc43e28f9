/** The status codes of the spec, and those HTTP has for what the spec does not know: a wrong method, a body too large, too many requests. */
export type ProblemCode = 400 | 403 | 404 | 405 | 413 | 429 | 500;

/** Why there is no answer, in words for a person; every fault of a request at once. */
export type Problem = {
  ok: false;
  code: ProblemCode;
  descriptions: readonly string[];
  /** What the status code calls for: Retry-After, Allow. */
  headers?: Readonly<Record<string, string>>;
};

/** Says why there is no answer. */
export const problem = (
  code: ProblemCode,
  descriptions: string | readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Problem => ({
  ok: false,
  code,
  descriptions: typeof descriptions === "string" ? [descriptions] : descriptions,
  headers,
});
