/** POST of a service request: a program's key, its limits, and a report on its way to moderation. */
import { z } from "zod";
import { admitClient } from "../../actions/admit-client.ts";
import { fileReport, LIMITS, type Filing } from "../../actions/file-report.ts";
import { cityDate } from "../../city/city-time.ts";
import { withoutUnkeepable } from "../../city/text.ts";
import { readSafeUrl } from "../../fetch/safe-url.ts";
import { dayInWords, momentInWords } from "../../notices/dates.ts";
import { faultInWords } from "./faults.ts";
import { checkJurisdiction, expectedOf, PARAMS } from "./params.ts";
import { problem } from "./problem.ts";
import type { Answer, Asking } from "./resource.ts";

/**
 * What of the spec's fields is read. Names, phones and addresses of people (`email`, `first_name`, …) are not in it: whoever is behind a
 * program has agreed to nothing here, so nothing of them is kept. `attribute[CODE]` are the answers to the service's own questions.
 */
export const FIELDS = z.object({
  api_key: z.string(),
  jurisdiction_id: z.string().optional(),
  service_code: z.string(),
  lat: z.string().optional(),
  long: z.string().optional(),
  address_string: z.string().optional(),
  address_id: z.string().optional().describe("Not supported: send lat and long, or address_string."),
  description: z.string().min(LIMITS.description.min).max(LIMITS.description.max),
  media_url: z.array(z.url()).max(LIMITS.photos).optional(),
});
type Field = keyof typeof FIELDS.shape;

/** What is accepted and thrown away unread. */
export const IGNORED = ["email", "device_id", "account_id", "first_name", "last_name", "phone"] as const;

/** More than this nobody has to file. */
export const BODY_BYTES = 64 * 1024;
const KEY_CHARACTERS = 200;
/** How much of a wrong value is repeated. */
const SHOWN_CHARACTERS = 100;

/** Files the report, or says everything that is wrong with it. */
export const fileRequest = async (asking: Asking, body: URLSearchParams): Promise<Answer> => {
  const { deps, city, i18n, locale, now } = asking;
  const field = (name: Field): string | null => body.get(name)?.trim() || null;
  const key = field("api_key");
  if (key === null) return problem(403, i18n.t(locale, "open311:error.key_missing"));
  const admitted = await admitClient(deps, key, new Date());
  if (!admitted.ok) {
    if (admitted.why === "unknown") return problem(403, i18n.t(locale, "open311:error.key_wrong"));
    const seconds = Math.ceil(admitted.inMs / 1000);
    return problem(429, i18n.t(locale, "open311:error.too_fast", { seconds }), { "Retry-After": String(seconds) });
  }
  const foreign = checkJurisdiction(deps, locale, field("jurisdiction_id") ?? undefined);
  if (foreign !== null) return foreign;

  const { filing, wrong } = readBody(asking, body);
  if (wrong.length > 0) return problem(400, wrong);
  const idempotencyKey = asking.headers.get("idempotency-key")?.slice(0, KEY_CHARACTERS) ?? null;
  const filed = await fileReport(deps, { clientId: admitted.clientId, filing, key: idempotencyKey }, now);
  if (filed.ok) {
    const notice = i18n.t(locale, "open311:notice.moderation", {
      // The moment itself is the first one that is late.
      day: dayInWords(asking, cityDate(city, new Date(filed.moderatedBy.getTime() - 1))),
    });
    const isAsync = /\brespond-async\b/i.test(asking.headers.get("prefer") ?? "");
    const which = isAsync ? { token: filed.token } : { service_request_id: String(filed.reportId) };
    return {
      ok: true,
      value: [{ ...which, service_notice: notice, account_id: null }],
      ...(isAsync && { headers: { "Preference-Applied": "respond-async" } }),
    };
  }
  switch (filed.why) {
    case "unknown":
      return problem(403, i18n.t(locale, "open311:error.key_wrong"));
    case "faults": {
      const words = filed.faults.map((fault) => faultInWords(asking, fault, filing.topicId));
      return problem(city.topics.has(filing.topicId) ? 400 : 404, words);
    }
    case "limit": {
      const seconds = Math.max(1, Math.ceil((filed.until.getTime() - now.getTime()) / 1000));
      const when = momentInWords(asking, filed.until);
      return problem(429, i18n.t(locale, "open311:error.limit", { when }), { "Retry-After": String(seconds) });
    }
  }
};

const ATTRIBUTE = /^attribute\[([^\]]{1,64})\](\[\])?$/;

/** The filing as far as it can be read, and what cannot. */
const readBody = (asking: Asking, body: URLSearchParams): { filing: Filing; wrong: string[] } => {
  const { i18n, locale } = asking;
  const wrong: string[] = [];
  const one = (name: Field | `attribute[${string}`): string | null => {
    const values = body
      .getAll(name)
      .map(tidy)
      .filter((value) => value !== "");
    if (values.length > 1) wrong.push(i18n.t(locale, "open311:error.twice", { name }));
    return values[0] ?? null;
  };
  const degrees = (name: "lat" | "long"): number | null => {
    const text = one(name);
    if (text === null) return null;
    const read = PARAMS[name].safeParse(text);
    if (read.success && read.data !== undefined) return read.data;
    wrong.push(i18n.t(locale, "open311:error.wrong", { name, expected: expectedOf(asking, name) }));
    return null;
  };
  const topicId = one("service_code") ?? "";
  if (topicId === "") {
    wrong.push(
      i18n.t(locale, "open311:error.wrong", { name: "service_code", expected: expectedOf(asking, "service_code") }),
    );
  }
  const [lat, lon] = [degrees("lat"), degrees("long")];
  if ((lat === null) !== (lon === null) && wrong.length === 0) wrong.push(i18n.t(locale, "open311:error.place_half"));
  const point = lat === null || lon === null ? null : { lat, lon };
  const address = one("address_string");
  const photos = [...new Set([...body.getAll("media_url"), ...body.getAll("media_url[]")].map(tidy))].filter(
    (url) => url !== "",
  );
  for (const url of photos) {
    if (readSafeUrl(url, { plainHttp: true }).ok) continue;
    wrong.push(i18n.t(locale, "open311:error.photo_address", { given: url.slice(0, SHOWN_CHARACTERS) }));
  }
  const answers = new Map<string, string>();
  for (const name of new Set(body.keys())) {
    const [, code, ending = ""] = ATTRIBUTE.exec(name) ?? [];
    const value = code === undefined ? null : one(`attribute[${code}]${ending}`);
    if (code !== undefined && value !== null) answers.set(code, value);
  }
  if (point === null && address === null && one("address_id") !== null) {
    wrong.push(i18n.t(locale, "open311:error.address_id"));
  }
  return { filing: { topicId, point, address, description: one("description"), photos, answers }, wrong };
};

const tidy = (text: string): string => withoutUnkeepable(text).trim();
