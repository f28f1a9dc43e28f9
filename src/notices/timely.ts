/** What may have been overtaken while it waited: by its report, or by something newer. */
import { z } from "zod";
import type { City } from "../city/schema.ts";
import { lastDayOf } from "../report/due.ts";
import type { Status } from "../report/status.ts";
import { isDigestKind } from "./digest.ts";
import { isNoticeKind, ruleOf, type NoticeKind } from "./notices.ts";

const Due = z.object({ due: z.iso.date() });

/** Whether a notice is still worth saying of its report as that stands now. */
export const isTimely = (
  city: Pick<City, "timeZone">,
  { kind, params }: { kind: NoticeKind; params: unknown },
  { status, dueAt }: { status: Status; dueAt: Date | null },
): boolean => {
  const { whileIn, whileDue } = ruleOf(kind);
  if (whileIn !== null && !whileIn.includes(status)) return false;
  if (whileDue !== true) return true;
  const about = Due.safeParse(params).data?.due;
  return about === undefined || (dueAt !== null && lastDayOf(city, dueAt).toString() === about);
};

/** A notice as far as it can be overtaken by a newer one in the same chat. */
type Waiting = { id: number; kind: string; reportId: number | null };

/** Of the notices that wait for one chat, in their order, those that a newer one makes superfluous. */
export const listOvertaken = (waiting: readonly Waiting[]): number[] => {
  const newest = new Map<string, number>();
  for (const { id, kind, reportId } of waiting) newest.set(themeOf(kind, reportId) ?? `${id}`, id);
  const told = new Set(newest.values());
  return waiting.flatMap(({ id }) => (told.has(id) ? [] : [id]));
};

/** What only the newest is told of; an agency's digests are told apart where its mornings are put together. */
const themeOf = (kind: string, reportId: number | null): string | null => {
  if (isDigestKind(kind)) return kind === "digest_agency" ? null : kind;
  const theme = isNoticeKind(kind) ? ruleOf(kind).newestOf : undefined;
  return theme === undefined ? null : `${theme} ${reportId}`;
};
