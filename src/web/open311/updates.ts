/** `servicerequestupdates` as FixMyStreet reads them: every public line of the reports' logs, each with the status after it. */
import { PUBLIC, publicLog, type LogLine } from "../../notices/public-log.ts";
import type { EventKind } from "../../report/event.ts";
import { listUpdates, type PastEvent, type ReportPast } from "../../store/queries/public-updates.ts";
import { ServiceRequestUpdates } from "./answers.ts";
import { toW3c } from "./dates.ts";
import { COMMON, MOST_REQUESTS, PARAMS, readParams } from "./params.ts";
import { problem } from "./problem.ts";
import type { Asking, Resource } from "./resource.ts";
import { mediaUrl } from "./to-service-request.ts";
import type { Value } from "./xml.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS = 90;

/** The status an event leaves behind, where it changes it. */
const STATUS_AFTER: Partial<Record<EventKind, "open" | "closed">> = {
  assigned: "open",
  asked: "open",
  replied: "open",
  rejected: "closed",
  repaired: "open",
  appealed: "open",
  merged: "closed",
  unmerged: "open",
  withdrawn: "closed",
  answered: "open",
  returned: "open",
  published: "open",
  disputed: "open",
  reopened: "open",
  closed: "closed",
  undone: "open",
};

/** Public, but no news: the request itself, and how its words and pictures were put. */
const NO_NEWS: readonly EventKind[] = ["submitted", "text_edited", "photo_hidden", "photo_shown"];

const isPublic = (kind: string): kind is EventKind =>
  Object.hasOwn(PUBLIC, kind) && PUBLIC[kind as EventKind] !== "not public";

const NEWS = (Object.keys(PUBLIC) as EventKind[]).filter((kind) => isPublic(kind) && !NO_NEWS.includes(kind));

const SHAPE = {
  ...COMMON,
  start_date: PARAMS.start_date,
  end_date: PARAMS.end_date,
  service_request_id: PARAMS.service_request_id,
};

/** What happened in a time, oldest first. */
export const updates: Resource = {
  name: "servicerequestupdates",
  part: null,
  summary: "Service request updates",
  params: SHAPE,
  root: "service_request_updates",
  answer: ServiceRequestUpdates,
  run: async (asking, given) => {
    const read = readParams(asking, SHAPE, given);
    if (!read.ok) return read;
    const { i18n, locale, now, deps } = asking;
    const { start_date: start, end_date: end, service_request_id: numbers } = read.values;
    const to = end ?? (start === undefined ? now : new Date(start.getTime() + MOST_DAYS * DAY_MS));
    const from = start ?? new Date(to.getTime() - MOST_DAYS * DAY_MS);
    if (to < from || to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) {
      return problem(400, i18n.t(locale, "open311:error.span", { days: MOST_DAYS }));
    }
    const span = {
      from,
      to: new Date(to.getTime() + 1),
      kinds: NEWS,
      ...(numbers !== undefined && { reportIds: numbers.map(Number) }),
    };
    const { eventIds, pasts } = await listUpdates(deps.db, span, MOST_REQUESTS);
    const told = new Map(pasts.flatMap((past) => toUpdates(asking, past)));
    return { ok: true, value: eventIds.flatMap((id) => told.get(id) ?? []) };
  },
};

/** The updates of a report by the ids of their events. Where the public sees dates only, only changes of the status are told, and no words. */
const toUpdates = (asking: Asking, past: ReportPast): [id: number, update: Value][] => {
  const lines = linesOf(asking, past.history);
  let status: "open" | "closed" = "open";
  return lines.flatMap(({ event, line }): [number, Value][] => {
    const after = STATUS_AFTER[event.kind];
    status = after ?? status;
    if (NO_NEWS.includes(event.kind) || (!past.isShown && after === undefined)) return [];
    const update = {
      update_id: String(event.id),
      service_request_id: String(past.reportId),
      status,
      updated_datetime: toW3c(asking.city, event.at),
      description: past.isShown ? inWords(line) : null,
      media_url: past.isShown ? mediaUrl(asking, photoOf(event, past)) : null,
    };
    return [[event.id, update]];
  });
};

/** Each public event with its line: the log leaves out no other. */
const linesOf = (asking: Asking, history: readonly PastEvent[]) => {
  const told = history.flatMap((event) => (isPublic(event.kind) ? [{ ...event, kind: event.kind }] : []));
  const lines = publicLog(asking, history);
  return lines.flatMap((line, index) => {
    const event = told[index];
    return event === undefined ? [] : [{ event, line }];
  });
};

const inWords = ({ what, why }: LogLine): string => (why === null ? what : `${what}: ${why}`);

const photoOf = ({ kind, data }: { kind: EventKind; data: unknown }, { answerPhotos }: ReportPast): string | null => {
  if (kind !== "published") return null;
  const { answerId } = data as { answerId: number };
  return answerPhotos.get(answerId) ?? null;
};
