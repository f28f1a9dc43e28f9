/** The notices of one event, for everybody who has to hear of it. */
import type { City } from "../city/schema.ts";
import type { EventKind } from "../report/event.ts";
import { toldAt, type Habit } from "../report/when-told.ts";
import { kindsThat, ruleOf, type NoticeKind, type NoticeRule, type Whom } from "./notices.ts";

/** A chat that is told; `residentId` is null for a group. */
export type Listener = { chatId: number; residentId: number | null };

/** The listeners of a fact; a sort that was not asked for has none. */
export type Audience = Readonly<Partial<Record<Whom, readonly Listener[]>>>;

/** A notice to be saved; `dueAt` is city time. */
export type NewNotice = Listener & {
  kind: NoticeKind;
  reportId: number;
  /** The data of the event, so that what is said later is what happened then. */
  params: Record<string, unknown>;
  /** One notice per kind, chat, event and version of the report, however often the fact is told; a date that comes near raises no version. */
  dedupeKey: string;
  dueAt: Date;
};

/** How listeners want to be told, by resident; who is not in it is told as everybody. */
export type Habits = ReadonlyMap<number, Habit>;

/** Every notice an event gives rise to; `audience` holds at least those whom `whomToTell` names. */
export const noticesFor = (
  city: Pick<City, "timeZone">,
  event: { kind: EventKind; data: Record<string, unknown>; actorId?: number | null },
  report: { id: number; version: number },
  audience: Audience,
  now: Date,
  habits: Habits = new Map(),
): NewNotice[] =>
  kindsThat((rule) => applies(rule, event)).flatMap((kind) =>
    listenersOf(kind, audience, event.actorId ?? null, habits).map((listener) => ({
      ...listener,
      kind,
      reportId: report.id,
      params: event.data,
      dedupeKey: `${kind}:${report.id}:${report.version}:${listener.chatId}:${event.kind}`,
      dueAt: toldAt(city, now, ruleOf(kind).urgency, habitOf(habits, listener)),
    })),
  );

const applies = ({ on, when }: NoticeRule, event: { kind: EventKind; data: Record<string, unknown> }): boolean =>
  on.includes(event.kind) && (when === undefined || when(event.data));

/** Whom an event's notices are for; nobody where it is not told. */
export const whomToTell = (kind: EventKind): Whom[] =>
  kindsThat(({ on }) => on.includes(kind)).flatMap((notice) => ruleOf(notice).to);

const habitOf = (habits: Habits, { residentId }: Listener): Habit | undefined =>
  residentId === null ? undefined : habits.get(residentId);

/** Each chat once: the author may be an editor, too. */
const listenersOf = (kind: NoticeKind, audience: Audience, actorId: number | null, habits: Habits): Listener[] => {
  const { to, notToActor, hushed } = ruleOf(kind);
  const all = [to].flat().flatMap((whom) => audience[whom] ?? []);
  const heard = hushed === true ? all.filter((listener) => habitOf(habits, listener)?.isMuted !== true) : all;
  const each = [...new Map(heard.map((listener) => [listener.chatId, listener])).values()];
  return notToActor === true ? each.filter(({ residentId }) => residentId === null || residentId !== actorId) : each;
};
