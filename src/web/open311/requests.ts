/** The reports as service requests: lists of them, and one by its number. */
import { boxAround } from "../../city/geometry.ts";
import { STATUS_NAMES, STATUSES } from "../../report/status.ts";
import type { PublicFilter } from "../../store/queries/public-filter.ts";
import { findPublicReports, listPublicReports } from "../../store/queries/public-reports.ts";
import { ServiceRequests } from "./answers.ts";
import { COMMON, MOST_REQUESTS, PARAMS, readParams } from "./params.ts";
import { problem, type Problem } from "./problem.ts";
import type { Answer, Asking, Resource } from "./resource.ts";
import { toServiceRequest } from "./to-service-request.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS = 90;

/** Postgres walks over what it passes: beyond this a page is asked for by the number it comes after. */
const MOST_SKIPPED = 10_000;

const LIST = { ...COMMON, ...PARAMS };

type Asked = Extract<ReturnType<typeof readList>, { ok: true }>["values"];

const readList = (asking: Asking, given: URLSearchParams) => readParams(asking, LIST, given);

/** A list of them, newest first. */
export const requests: Resource = {
  name: "requests",
  part: null,
  summary: "Service requests",
  params: LIST,
  root: "service_requests",
  answer: ServiceRequests,
  run: async (asking, given) => {
    const read = readList(asking, given);
    if (!read.ok) return read;
    const { values } = read;
    const { city, i18n, locale, deps } = asking;
    const toRequest = toServiceRequest(asking, { isExtended: values.extensions ?? false });
    // The spec lets the numbers override everything else.
    if (values.service_request_id !== undefined) {
      const found = await findPublicReports(deps.db, city, values.service_request_id.map(Number));
      return { ok: true, value: found.map(toRequest) };
    }
    const wrong = values.service_code?.filter((code) => !city.topics.has(code)) ?? [];
    if (wrong.length > 0) {
      return problem(
        404,
        wrong.map((code) => i18n.t(locale, "open311:error.service", { given: code })),
      );
    }
    const filter = toFilter(asking, values);
    if ("code" in filter) return filter;
    return listPage(asking, values, filter, given);
  },
};

/** One of them by its number. */
export const request: Resource = {
  name: "requests",
  part: "service_request_id",
  summary: "Service request",
  params: { ...COMMON, extensions: PARAMS.extensions },
  root: "service_requests",
  answer: ServiceRequests,
  run: async (asking, given, number) => {
    const read = readParams(asking, { ...COMMON, extensions: PARAMS.extensions }, given);
    if (!read.ok) return read;
    const ids = /^\d{1,9}$/.test(number) ? [Number(number)] : [];
    const found = await findPublicReports(asking.deps.db, asking.city, ids);
    if (found.length === 0) {
      return problem(404, asking.i18n.t(asking.locale, "open311:error.request", { given: number }));
    }
    return {
      ok: true,
      value: found.map(toServiceRequest(asking, { isExtended: read.values.extensions ?? false })),
    };
  },
};

const listPage = async (
  asking: Asking,
  { page = 1, page_size: limit = MOST_REQUESTS, after, extensions = false }: Asked,
  filter: PublicFilter,
  given: URLSearchParams,
): Promise<Answer> => {
  const { deps, city, i18n, locale, endpoint, format } = asking;
  const skip = (page - 1) * limit;
  if (skip > MOST_SKIPPED) {
    return problem(400, i18n.t(locale, "open311:error.too_deep", { most: String(MOST_SKIPPED) }));
  }
  const found = await listPublicReports(deps.db, city, filter, { after: after ?? null, limit, skip });
  const last = found.length === limit ? found.at(-1) : undefined;
  const value = found.map((report) => toServiceRequest(asking, { isExtended: extensions })({ shown: "all", report }));
  if (last === undefined) return { ok: true, value };
  // Only what the list knows: whatever else was sent along, such as a key, is not repeated.
  const next = new URLSearchParams([...given].filter(([name]) => name !== "page" && Object.hasOwn(LIST, name)));
  next.set("after", String(last.id));
  return { ok: true, value, headers: { Link: `<${endpoint}/requests.${format}?${next.toString()}>; rel="next"` } };
};

/** The spec's window of 90 days, unless it is asked for what has changed since. */
const toFilter = (asking: Asking, values: Asked): PublicFilter | Problem => {
  const { i18n, locale, now } = asking;
  const { start_date: start, end_date: end, updated_after: since, updated_before: until, lat, long, radius } = values;
  const area = [lat, long, radius].filter((one) => one !== undefined).length;
  if (area !== 0 && area !== 3) return problem(400, i18n.t(locale, "open311:error.area"));
  const span = MOST_DAYS * DAY_MS;
  const isChange = since !== undefined || until !== undefined;
  const to = end ?? (start === undefined ? null : new Date(start.getTime() + span));
  const from =
    start ?? (end === undefined ? (isChange ? null : new Date(now.getTime() - span)) : new Date(end.getTime() - span));
  if (from !== null && to !== null && (to < from || to.getTime() - from.getTime() > span)) {
    return problem(400, i18n.t(locale, "open311:error.span", { days: MOST_DAYS }));
  }
  const { service_code: codes, status } = values;
  return {
    ...(codes !== undefined && { topicIds: codes }),
    ...(status !== undefined && { statuses: STATUS_NAMES.filter((name) => status.includes(STATUSES[name].open311)) }),
    ...(from !== null && { from }),
    // Both ends belong to the spec's range.
    ...(to !== null && { to: new Date(to.getTime() + 1) }),
    ...(since !== undefined && { updatedFrom: since }),
    ...(until !== undefined && { updatedTo: new Date(until.getTime() + 1) }),
    ...(lat !== undefined &&
      long !== undefined &&
      radius !== undefined && { box: boxAround({ lat, lon: long }, radius) }),
  };
};
