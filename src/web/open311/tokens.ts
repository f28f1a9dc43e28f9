import { findFiled } from "../../actions/file-report.ts";
import { FoundByToken } from "./answers.ts";
import { COMMON } from "./params.ts";
import { problem } from "./problem.ts";
import type { Resource } from "./resource.ts";

/** The number of a request whose filing was answered by a token. */
export const token: Resource = {
  name: "tokens",
  part: "token",
  summary: "Service request id from a token",
  params: COMMON,
  root: "service_requests",
  answer: FoundByToken,
  run: async ({ deps, i18n, locale }, _, told) => {
    const reportId = await findFiled(deps, told);
    if (reportId === null) return problem(404, i18n.t(locale, "open311:error.token"));
    return { ok: true, value: [{ service_request_id: String(reportId), token: told }] };
  },
};
