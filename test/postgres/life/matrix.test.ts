/** Every status, every act, everybody: who may does, whoever may not is told why, changes nothing and stands in the log. */
import { isNull, and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tickReport } from "../../../src/actions/tick-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import type { AnswerRefusal } from "../../../src/actions/answer-refusal.ts";
import { answerRefusalWords } from "../../../src/bot/officer/answer-refusals.ts";
import { loadI18n, type I18n } from "../../../src/i18n/i18n.ts";
import { createLog } from "../../../src/log.ts";
import { ACT_NAMES, actsFrom, ruleOfAct, STATUS_NAMES, type Act, type Status } from "../../../src/report/status.ts";
import type { Db } from "../../../src/store/open.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { PERFORM, type Done } from "../../support/acts.ts";
import {
  ACTORS,
  LIFE_NAMES,
  live,
  roleOf,
  startLives,
  statusOf,
  toDoing,
  type ActorName,
  type Cast,
} from "../../support/life.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { inVain, snapshotOf } from "../../support/snapshot.ts";
import type { FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;
let i18n: I18n;
let cast: Cast;
let originalId: number;

beforeAll(async () => {
  i18n = await loadI18n("locales");
  ({ store, deps, cast, originalId } = await startLives());
});
afterAll(() => store.close());

const through = (db: Db): Deps => ({ ...deps, store: { ...store, db } });

const isAllowed = (act: Act, status: Status, actor: ActorName): boolean => {
  const role = roleOf(actor);
  return role !== null && ruleOfAct(act).from.includes(status) && ruleOfAct(act).by.includes(role);
};

/** An editor decides a dispute where no inspector is appointed. */
const makeRoom = async (db: Db, act: Act, status: Status, actor: ActorName): Promise<void> => {
  if (actor !== "editor" || status !== "disputed" || (act !== "uphold" && act !== "reopen")) return;
  await db
    .update(grants)
    .set({ removedAt: NOON })
    .where(and(eq(grants.role, "inspector"), isNull(grants.removedAt)));
};

type Tried = { done: Done; after: string; log: string[] };

const attempt = (act: Act, actor: ActorName, report: ReportRow, now: Date): Promise<Tried> =>
  inVain(store.db, async (db) => {
    await makeRoom(db, act, report.status, actor);
    const log: string[] = [];
    const heard = { ...through(db), log: createLog("info", { write: (line) => log.push(line) }) };
    const done = await PERFORM[act](heard, toDoing(cast, actor, report, originalId), now);
    return { done, after: await snapshotOf(db), log };
  });

/** What residents' own acts are refused with is worded where they press and write, and typed there. */
const isStaffs = (act: Act): boolean => !ruleOfAct(act).by.some((role) => role === "author" || role === "clock");

/** Why it was refused is said in every language, each in its own words. */
const expectWords = (refusal: Done, report: ReportRow, now: Date, who: string): void => {
  const said = i18n.locales.map((locale) => {
    const reading = { i18n, locale, city: deps.city, now };
    return i18n.t(locale, ...answerRefusalWords(reading, report.id, refusal as AnswerRefusal));
  });
  expect(new Set(said).size, who).toBe(i18n.locales.length);
  for (const text of said) expect(text, who).toMatch(/^(?!.*(\{\{|undefined|refused\.)).{10,200}$/su);
};

const logged = (log: readonly string[]): unknown[] =>
  log.map((line) => JSON.parse(line) as { act?: string; reportId?: number; residentId?: number; msg?: string });

describe.each(LIFE_NAMES)("a report that is %s", (life) => {
  let report: ReportRow;
  let now: Date;
  let before: string;
  beforeAll(async () => {
    ({ report, now } = await live(deps, { cast, originalId }, life, NOON));
    before = await snapshotOf(store.db);
  });
  const status = statusOf(life);

  test.each(ACT_NAMES)("lets those do «%s» whom the table names, and nobody else", async (act) => {
    for (const actor of ACTORS) {
      const { done, after, log } = await attempt(act, actor, report, now);
      const who = `${actor} does ${act}`;
      if (isAllowed(act, status, actor)) {
        expect(done, who).toMatchObject({ ok: true });
        expect(done.ok && ruleOfAct(act).to.includes(done.report.status), who).toBe(true);
        expect(after, who).not.toBe(before);
      } else {
        expect(done, who).toMatchObject({ ok: false });
        expect(after, who).toBe(before);
        const refused = { act, reportId: report.id, residentId: cast[actor], msg: "act refused" };
        expect(logged(log), who).toContainEqual(expect.objectContaining(refused));
        if (!done.ok && isStaffs(act)) expectWords(done, report, now, who);
      }
    }
  });

  test("is moved by the clock only as the table says, and only once its time has come", async () => {
    const due = actsFrom(status, "clock").flatMap((act) => ruleOfAct(act).to);
    const ticked = (at: Date): Promise<string> =>
      inVain(store.db, async (db) => {
        await tickReport(through(db), report.id, at);
        return (
          (await db.query.reports.findFirst({ columns: { status: true }, where: (t) => eq(t.id, report.id) }))
            ?.status ?? ""
        );
      });
    expect(await ticked(now)).toBe(status);
    const later = await ticked(hoursAfter(now, 60 * 24));
    expect(due.length > 0 ? due : [status]).toContain(later);
  });
});

test("every status has a life above", () => {
  expect(new Set(LIFE_NAMES.map(statusOf))).toEqual(new Set(STATUS_NAMES));
});
