/**
 * What had to be said to whom and when in a long run, counted from the event log alone and from PRODUCT.md: another program's eyes on the
 * same sixty days. It knows the rules of PRODUCT.md by heart and none of the tables and functions that the program itself works by, and
 * it does not believe the clock's own events: when a reminder or a missed date comes is counted here once more.
 */
import { byDay, byDigest, count, countBetween, dayOf, daysLater, hourOf, workedUpTo } from "./almanac.ts";
import type { Alarm, Life } from "./life.ts";
import { digestsOf, type Digest } from "./mornings.ts";
import { chatsOf, type Town } from "./town.ts";
import type { Mute } from "./world.ts";

/** News that needs nothing of whoever hears it. */
const IN_DIGEST = [
  ...["assigned", "wait_ended", "merged", "unmerged", "postponed", "rerouted", "disputed", "reopened"],
  ...["answer_followed", "closed_followers", "withdrawn_followers", "merged_followers", "unmerged_followers"],
];

/** What whoever muted a report of their own is not told. */
const HUSHED = [
  ...["assigned", "wait_ended", "merged", "unmerged", "postponed", "rerouted"],
  ...["overdue", "disputed", "reopened", "closed"],
];

/** A row of the log. */
export type Logged = {
  at: Date;
  reportId: number;
  actorId: number | null;
  kind: string;
  data: Record<string, unknown>;
};

/** What cannot be read from the log: who was invited to look, where a report is, how many days its topic has, and who muted what. */
export type Known = {
  invited: (reportId: number, cycle: number) => readonly { id: number; at: Date }[];
  districtOf: (reportId: number) => string;
  daysOf: (reportId: number) => { count: number; kind: "working" | "calendar" };
  mutes: readonly Mute[];
};

/** Something that had to be said. `mayLapse`: the report moved on before anybody was awake to hear it, so it may be left unsaid. */
export type Expected = { kind: string; reportId: number; chatId: number; at: Date; mayLapse: boolean };

/** How a report stood at the end, by the log: what is promised. */
export type Stood = { status: string; due: string | null };

const text = (data: Record<string, unknown>, name: string): string => String(data[name]);
const HOUR_MS = 3_600_000;

/** On the last day itself in any case, before it on a day on which people work. */
const remindedAt = (due: string, days: number): Date => hourOf(days === 0 ? due : workedUpTo(daysLater(due, -days)), 9);

/** Replays the log from `start` up to `end`; `faults` are events that came when they must not, or did not come when they had to. */
export const tally = (
  log: readonly Logged[],
  town: Town,
  known: Known,
  { start, end }: { start: Date; end: Date },
): { expected: Expected[]; digests: Digest[]; faults: string[]; stood: Map<number, Stood> } => {
  const lives = new Map<number, Life>();
  const digests: Digest[] = [];
  const expected: (Omit<Expected, "mayLapse"> & { since: Date })[] = [];
  const faults: string[] = [];

  const chatOf = (id: number): number => {
    const one = [...town.residents, ...town.editors, ...town.officers, ...town.inspectors, ...town.admins].find(
      (person) => person.id === id,
    );
    if (one === undefined) throw new Error(`Nobody is ${id}`);
    return one.chatId;
  };
  const editorsOf = ({ id }: Life): number[] => {
    const groups = town.editorGroups.filter(({ districtIds }) => districtIds.includes(known.districtOf(id)));
    return (groups.length > 0 ? groups : [...town.editors, ...town.admins]).map(({ chatId }) => chatId);
  };
  const officersOf = ({ agency }: Life): number[] => chatsOf(town, agency);
  const say = (life: Life, kind: string, chatIds: readonly number[], since: Date, at: Date): void => {
    for (const chatId of new Set(chatIds)) expected.push({ kind, reportId: life.id, chatId, since, at });
  };
  /** Staff hear things at once. */
  const now = (life: Life, kind: string, chatIds: readonly number[], at: Date): void =>
    say(life, kind, chatIds, at, at);
  /** Residents hear things by day; whoever asked for a digest reads what needs nothing of them there, or before the next thing that does. */
  const day = (life: Life, kind: string, ids: readonly number[], at: Date): void => {
    const isNews = IN_DIGEST.includes(kind);
    const chatIds = ids.map(chatOf);
    const digested = chatIds.filter((chatId) => town.digests.has(chatId));
    if (!isNews) for (const chatId of digested) bringForward(life.id, chatId, byDay(at, town.quiet.get(chatId)));
    for (const chatId of new Set(chatIds)) {
      const when = isNews && town.digests.has(chatId) ? byDigest : byDay;
      say(life, kind, [chatId], at, when(at, town.quiet.get(chatId)));
    }
  };
  const bringForward = (reportId: number, chatId: number, at: Date): void => {
    for (const one of expected) {
      const waits = one.reportId === reportId && one.chatId === chatId && IN_DIGEST.includes(one.kind) && one.at > at;
      if (waits) one.at = at;
    }
  };
  const concerned = (life: Life): number[] => [life.author, ...life.followers.keys()];
  const votersOf = (life: Life): number[] => [
    life.author,
    ...[...life.followers].flatMap(([id, since]) => (life.answeredAt !== null && since < life.answeredAt ? [id] : [])),
  ];

  const getLife = (id: number): Life => {
    const life = lives.get(id);
    if (life === undefined) throw new Error(`The log begins report ${id} in the middle`);
    return life;
  };

  /** Lets the clocks of a report ring that come before (or, for the clock's own events, at) this moment. */
  const passUntil = (life: Life, moment: Date, isClock: boolean): void => {
    const isPast = (at: Date): boolean => (isClock ? at < moment : at <= moment);
    for (let next = life.alarms[0]; next !== undefined && isPast(next.at); next = life.alarms[0]) {
      life.alarms.shift();
      next.ring();
    }
  };
  const setAlarms = (life: Life, alarms: readonly (Alarm | null)[]): void => {
    life.alarms = alarms.filter((alarm) => alarm !== null).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  };
  const once =
    (life: Life, what: string, ring: () => void): (() => void) =>
    () => {
      const key = `${what} ${life.due}`;
      if (!life.told.has(key)) ring();
      life.told.add(key);
    };
  /** Something the clock itself had to do at this moment and did not: then it would have been in the log, and these alarms gone. */
  const mustHaveHappened = (life: Life, at: Date, what: string): Alarm => ({
    at,
    ring: () => faults.push(`report ${life.id}: ${what} was due at ${at.toISOString()} and did not come`),
  });

  const move = (life: Life, status: string, at: Date, due: string | null): void => {
    [life.status, life.statusAt, life.due, life.hasRequest] = [status, at, due, false];
    life.moves.push(at);
    setAlarms(life, due === null ? [] : alarmsOf(life, due));
  };

  const alarmsOf = (life: Life, due: string): (Alarm | null)[] => {
    const over = hourOf(due, 24);
    /** Not for what was past when it began: everybody has just heard. */
    const reminder = (at: Date, what: string, ring: () => void): Alarm | null =>
      at > life.statusAt ? { at, ring: once(life, what, ring) } : null;
    /** What is missed is told even so, at the first moment it can be. */
    const missed = (at: Date, what: string, ring: (when: Date) => void): Alarm => {
      const when = at > life.statusAt ? at : life.statusAt;
      return { at: when, ring: once(life, what, () => ring(when)) };
    };
    switch (life.status) {
      case "needs_info": {
        const at = new Date(life.statusAt.getTime() + 24 * HOUR_MS);
        return [
          reminder(at, "reply", () => day(life, "reply_reminder", [life.author], at)),
          mustHaveHappened(life, over, "the end of waiting"),
        ];
      }
      case "assigned":
      case "planned":
        return [
          ...[3, 1, 0].map((days) => {
            const at = remindedAt(due, days);
            // What a weekend brings to one morning is told once.
            if (days === 3 && at.getTime() === remindedAt(due, 1).getTime()) return null;
            const hear = (): number[] => [...officersOf(life), ...(life.taker === null ? [] : [chatOf(life.taker)])];
            return reminder(at, `due in ${days}`, () => now(life, "due_reminder", hear(), at));
          }),
          missed(over, "overdue", (at) => {
            day(life, "overdue", concerned(life), at);
            now(life, "overdue_staff", [...officersOf(life), ...editorsOf(life)], at);
          }),
          missed(hourOf(count(due, { count: 3, kind: "working" }), 24), "escalated", (at) => {
            const heads = town.officers.filter(({ agencyId, isHead }) => isHead && agencyId === life.agency);
            day(
              life,
              "overdue_escalated",
              [...heads, ...town.admins].map(({ id }) => id),
              at,
            );
          }),
        ];
      case "submitted":
      case "answered":
      case "disputed": {
        const escalated = hourOf(count(due, { count: 1, kind: "working" }), 24);
        return [
          missed(escalated, "late", (at) => {
            const admins = town.admins.map(({ id }) => id);
            day(life, "late_escalated", admins, at);
          }),
        ];
      }
      case "published": {
        const publishedOn = dayOf(life.statusAt);
        const notYet = (): number[] =>
          [...votersOf(life), ...known.invited(life.id, life.cycle).map(({ id }) => id)].filter(
            (id) => !life.votes.has(id),
          );
        const afterTwoDays = new Date(life.statusAt.getTime() + 48 * HOUR_MS);
        return [
          {
            at: afterTwoDays,
            ring: () => isDecided(life) && faults.push(`report ${life.id} was confirmed and stayed open`),
          },
          ...(
            [
              [3, "check_reminder"],
              [8, "check_last_reminder"],
            ] as const
          ).map(([days, kind]) => {
            const at = hourOf(daysLater(publishedOn, days), 9);
            return reminder(at, kind, () => day(life, kind, notYet(), at));
          }),
          mustHaveHappened(life, over, "the end of the window"),
        ];
      }
      default:
        return [];
    }
  };

  /** Two confirmations, one not the author's. */
  const isDecided = ({ votes, answerKind }: Life): boolean =>
    answerKind === "fixed" && votes.size >= 2 && [...votes.values()].includes("other");

  const expectDay = (life: Life, what: string, told: unknown, counted: string): string => {
    if (told !== counted) faults.push(`report ${life.id}: ${what} says ${String(told)}, counted ${counted}`);
    return counted;
  };
  const expectClockAt = (life: Life, at: Date, due: Date, what: string): void => {
    if (at.getTime() !== due.getTime())
      faults.push(`report ${life.id}: ${what} came at ${at.toISOString()}, due ${due.toISOString()}`);
  };

  const goOn = (life: Life, at: Date, pause: Record<string, unknown>, lastDay: string): void => {
    const { kind } = known.daysOf(life.id);
    const lost = countBetween(life.pausedOn ?? lastDay, lastDay, kind);
    const due = count(life.agencyDue, { count: lost, kind });
    life.agencyDue = expectDay(
      life,
      "the date after a pause",
      text(pause["due"] as Record<string, unknown>, "to"),
      due,
    );
    move(life, "assigned", at, life.agencyDue);
  };
  const backToQueue = (life: Life, at: Date): void => {
    move(life, "submitted", at, count(dayOf(at), { count: 1, kind: "working" }));
    now(life, "queue_again", editorsOf(life), at);
  };
  const toDay = (due: unknown): string => text(due as Record<string, unknown>, "to");

  const begin = ({ at, reportId, actorId }: Logged): void => {
    if (actorId === null) throw new Error(`Nobody filed report ${reportId}`);
    const life: Life = {
      ...{
        id: reportId,
        author: actorId,
        status: "submitted",
        statusAt: at,
        due: null,
        agencyDue: "",
        agency: null,
        taker: null,
        hasRequest: false,
        desk: null,
      },
      ...{ firstCount: 0, pausedOn: null, returnsTo: null, followers: new Map(), mergedInto: null, cycle: 1 },
      ...{ answeredAt: null, publishedAt: null, isPostponed: false, answerKind: null, votes: new Map() },
      ...{ told: new Set(), alarms: [], moves: [] },
    };
    lives.set(reportId, life);
    move(life, "submitted", at, count(dayOf(at), { count: 1, kind: "working" }));
    now(life, "received", [chatOf(life.author)], at);
    now(life, "queue_card", editorsOf(life), at);
  };

  const happen = (life: Life, { at, actorId, kind, data }: Logged): void => {
    const except = (ids: readonly number[]): number[] => ids.filter((id) => id !== actorId);
    switch (kind) {
      case "assigned": {
        const days = known.daysOf(life.id);
        const given =
          data["reason"] === undefined ? days : { ...days, count: (data["due"] as { count: number }).count };
        life.firstCount = given.count;
        life.agency = text(data, "agencyId");
        life.agencyDue = expectDay(life, "the due date", toDay(data["due"]), count(dayOf(at), given));
        move(life, "assigned", at, life.agencyDue);
        day(life, "assigned", [life.author], at);
        return now(life, "task_card", officersOf(life), at);
      }
      case "rejected":
        if (actorId === null) expectClockAt(life, at, hourOf(life.due ?? "", 24), "the rejection without a reply");
        move(life, "rejected", at, null);
        return day(life, "rejected", [life.author], at);
      case "asked": {
        [life.pausedOn, life.returnsTo] = [dayOf(at), life.status];
        move(life, "needs_info", at, expectDay(life, "the question", data["until"], daysLater(dayOf(at), 3)));
        return day(life, "question", [life.author], at);
      }
      case "replied":
        if (life.returnsTo === "submitted") return backToQueue(life, at);
        goOn(life, at, data["pause"] as Record<string, unknown>, dayOf(at));
        return now(life, "replied_officers", officersOf(life), at);
      case "wait_ended": {
        const lastDay = life.due ?? "";
        expectClockAt(life, at, hourOf(lastDay, 24), "the end of waiting");
        goOn(life, at, data, lastDay);
        day(life, "wait_ended", [life.author], at);
        return now(life, "wait_ended_officers", officersOf(life), at);
      }
      case "repaired":
      case "appealed":
        return backToQueue(life, at);
      case "merged": {
        const original = getLife(Number(data["originalId"]));
        passUntil(original, at, false);
        life.returnsTo = life.status;
        if (life.status === "assigned") life.agencyDue = life.due ?? "";
        life.mergedInto = { id: original.id, at };
        for (const id of [...life.followers.keys(), life.author]) {
          if (id !== original.author && !original.followers.has(id)) original.followers.set(id, at);
        }
        const due = life.due;
        move(life, "merged", at, null);
        life.due = due;
        day(life, "merged", [life.author], at);
        return day(life, "merged_followers", [...life.followers.keys()], at);
      }
      case "unmerged": {
        const original = getLife(life.mergedInto?.id ?? 0);
        passUntil(original, at, false);
        for (const id of concerned(life)) {
          if (original.followers.get(id)?.getTime() === life.mergedInto?.at.getTime()) original.followers.delete(id);
        }
        move(life, life.returnsTo ?? "", at, life.due);
        day(life, "unmerged", [life.author], at);
        day(life, "unmerged_followers", [...life.followers.keys()], at);
        return life.status === "submitted" ? now(life, "queue_again", editorsOf(life), at) : undefined;
      }
      case "withdrawn":
        if (life.agency !== null) now(life, "withdrawn_officers", officersOf(life), at);
        move(life, "withdrawn", at, null);
        return day(life, "withdrawn_followers", [...life.followers.keys()], at);
      case "task_taken":
        life.taker = actorId;
        return;
      case "task_released":
        life.taker = null;
        return;
      case "requested":
        [life.taker, life.hasRequest] = [actorId, true];
        return now(life, "answer_card", editorsOf(life), at);
      case "answered":
        if (data["isInTime"] !== at < hourOf(life.agencyDue, 24)) faults.push(`report ${life.id}: in time or not?`);
        [life.answeredAt, life.answerKind, life.taker] = [at, text(data, "answerKind"), actorId];
        move(life, "answered", at, count(dayOf(at), { count: 1, kind: "working" }));
        return now(life, "answer_card", editorsOf(life), at);
      case "returned":
        move(life, life.isPostponed ? "planned" : "assigned", at, life.agencyDue);
        return now(life, "task_returned", officersOf(life), at);
      case "request_refused":
        life.hasRequest = false;
        return now(life, "task_returned", officersOf(life), at);
      case "postponed":
        expectDay(life, "the postponement", data["from"], life.agencyDue);
        [life.agencyDue, life.isPostponed] = [text(data, "to"), true];
        move(life, "planned", at, life.agencyDue);
        day(life, "postponed", concerned(life), at);
        return now(life, "task_returned", officersOf(life), at);
      case "rerouted": {
        const added = data["added"] as { days: number } | null;
        if (added !== null) life.agencyDue = count(life.agencyDue, { ...known.daysOf(life.id), count: added.days });
        expectDay(life, "the handing on", data["until"], life.agencyDue);
        [life.agency, life.taker] = [text(data, "to"), null];
        move(life, "assigned", at, life.agencyDue);
        day(life, "rerouted", concerned(life), at);
        return now(life, "task_card", officersOf(life), at);
      }
      case "published": {
        life.publishedAt = at;
        life.votes = new Map();
        move(life, "published", at, expectDay(life, "the window", data["until"], daysLater(dayOf(at), 10)));
        const voters = votersOf(life);
        day(life, "answer_published", voters, at);
        return day(
          life,
          "answer_followed",
          [...life.followers.keys()].filter((id) => !voters.includes(id)),
          at,
        );
      }
      case "checks_invited":
        return tellInvited(life, data, at);
      case "voted":
        if (actorId !== null) life.votes.set(actorId, actorId === life.author ? "author" : "other");
        return;
      case "disputed":
        move(
          life,
          "disputed",
          at,
          expectDay(life, "the dispute", toDay(data["due"]), count(dayOf(at), { count: 3, kind: "working" })),
        );
        day(life, "disputed", except(concerned(life)), at);
        now(life, "disputed_officers", officersOf(life), at);
        life.desk = text(data, "desk");
        return now(life, "dispute_card", judgesOf(life), at);
      case "reopened": {
        const { kind: unit } = known.daysOf(life.id);
        const half = count(dayOf(at), { count: Math.ceil(life.firstCount / 2), kind: unit });
        life.agencyDue = expectDay(life, "the new cycle", toDay(data["due"]), half);
        [life.cycle, life.answeredAt, life.publishedAt, life.isPostponed] = [life.cycle + 1, null, null, false];
        move(life, "assigned", at, life.agencyDue);
        day(life, "reopened", concerned(life), at);
        now(life, "reopened_officers", officersOf(life), at);
        return now(life, "task_card", officersOf(life), at);
      }
      case "closed":
        if (actorId === null) {
          const isQuorum = isDecided(life) && at < hourOf(life.due ?? "", 24);
          const due = isQuorum ? new Date(life.statusAt.getTime() + 48 * HOUR_MS) : hourOf(life.due ?? "", 24);
          expectClockAt(life, at, due, "the closing");
        }
        move(life, "closed", at, null);
        day(life, "closed", except([life.author]), at);
        day(life, "closed_followers", except([...life.followers.keys()]), at);
        return now(life, "closed_officers", officersOf(life), at);
      case "added":
        return tellAdded(life, text(data, "reader"), at);
      case "followed":
        if (actorId !== null) life.followers.set(actorId, at);
        return;
      case "unfollowed":
        if (actorId !== null) life.followers.delete(actorId);
        return;
      default:
        // Who took what in hand is nobody else's news, and when a date comes near or passes was counted above.
        return;
    }
  };

  const judgesOf = (life: Life): number[] => {
    if ((life.desk === "admins") !== life.cycle >= 3)
      faults.push(`report ${life.id}: cycle ${life.cycle} is on the desk of ${life.desk}`);
    if (life.desk === "admins") return town.admins.map(({ chatId }) => chatId);
    return life.desk === "inspectors" ? town.inspectors.map(({ chatId }) => chatId) : editorsOf(life);
  };
  /** Five at most, and each once: on publication, or at nine on one of the two days after. */
  const tellInvited = (life: Life, data: Record<string, unknown>, at: Date): void => {
    const all = known.invited(life.id, life.cycle);
    const asked = all.filter((one) => one.at.getTime() === at.getTime()).map(({ id }) => id);
    const moments = [life.statusAt, ...[1, 2].map((days) => hourOf(daysLater(dayOf(life.statusAt), days), 9))];
    if (all.length > 5 || asked.length !== data["count"] || !moments.some((one) => one.getTime() === at.getTime()))
      faults.push(`report ${life.id}: ${asked.length} of ${all.length} invited at ${at.toISOString()}`);
    day(life, "check_invited", asked, at);
  };
  const tellAdded = (life: Life, reader: string, at: Date): void => {
    if (reader === "editors") return now(life, "added_editors", editorsOf(life), at);
    if (reader === "officers") return now(life, "added_officers", officersOf(life), at);
    return now(life, "added_judges", judgesOf(life), at);
  };
  /** Of every morning before this moment, what lay there when people came to work. */
  let morning = dayOf(start);
  const tellMornings = (moment: Date): void => {
    for (; hourOf(morning, 9) < moment; morning = daysLater(morning, 1)) {
      if (hourOf(morning, 9) > start) digests.push(...digestsOf([...lives.values()], town, known.districtOf, morning));
    }
  };

  for (const event of log) {
    tellMornings(event.at);
    if (event.kind === "submitted") begin(event);
    else {
      const life = getLife(event.reportId);
      passUntil(life, event.at, event.actorId === null);
      happen(life, event);
    }
  }
  for (const life of lives.values()) passUntil(life, end, false);
  tellMornings(new Date(end.getTime() + 1));
  const isLapsed = ({ reportId, since, at }: { reportId: number; since: Date; at: Date }): boolean =>
    getLife(reportId).moves.some((moved) => moved > since && moved <= at);
  const isHushed = ({ kind, reportId, chatId, since, at }: (typeof expected)[number]): boolean =>
    HUSHED.includes(kind) &&
    chatId === chatOf(getLife(reportId).author) &&
    known.mutes.some((mute) => mute.reportId === reportId && mute.from <= at && (mute.until ?? end) > since);
  return {
    digests,
    expected: expected
      .filter((one) => one.at <= end && !isHushed(one))
      .map(({ since, ...one }) => ({ ...one, mayLapse: isLapsed({ ...one, since }) })),
    faults,
    stood: new Map([...lives].map(([id, { status, due }]) => [id, { status, due: status === "merged" ? null : due }])),
  };
};
