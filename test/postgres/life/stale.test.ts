/** A decision on an old card changes nothing and is answered «уже решено: кем, что». */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ActRefusal } from "../../../src/actions/act-refusal.ts";
import { changeReport } from "../../../src/actions/change-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { refusalWords } from "../../../src/bot/editor/refusal-words.ts";
import { loadI18n, type I18n } from "../../../src/i18n/i18n.ts";
import { ACT_NAMES, ruleOfAct, type Act } from "../../../src/report/status.ts";
import type { Db } from "../../../src/store/open.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
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
  type Life,
} from "../../support/life.ts";
import { NOON } from "../../support/people.ts";
import { inVain, snapshotOf } from "../../support/snapshot.ts";
import type { FreshStore } from "../../support/store.ts";

/** By what an act that comes too late is known. A new act has to say. */
const GUARDS: Readonly<Record<Act, "version" | "cycle" | "last answer" | "status" | "clock">> = {
  accept: "version",
  reject: "version",
  ask: "version",
  merge: "version",
  unmerge: "version",
  withdraw: "version",
  reroute: "version",
  postpone: "version",
  publish: "version",
  return: "version",
  uphold: "version",
  reopen: "version",
  // A vote is meant for an answer, whatever else happened to the report.
  confirm: "cycle",
  refute: "cycle",
  // What an officer says is meant to follow what the agency said before.
  answer: "last answer",
  hand_over: "last answer",
  // Words of the author's that nobody else could have said first.
  reply: "status",
  repair: "status",
  appeal: "status",
  contest: "status",
  end_waiting: "clock",
  end_window: "clock",
};
const guardedBy = (guard: (typeof GUARDS)[Act]): Act[] => ACT_NAMES.filter((act) => GUARDS[act] === guard);

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

/** One life in which the act is possible, and somebody who may do it without further conditions. */
const settings = (act: Act): { act: Act; life: Life; actor: ActorName }[] =>
  LIFE_NAMES.filter((life) => ruleOfAct(act).from.includes(statusOf(life))).flatMap((life) => {
    const actor = ACTORS.find((one) => {
      const role = roleOf(one);
      return role !== null && role !== "operator" && ruleOfAct(act).by.includes(role) && !isHeld(act, one);
    });
    return actor === undefined ? [] : [{ act, life, actor }];
  });

/** An editor decides a dispute only where no inspector is appointed. */
const isHeld = (act: Act, actor: ActorName): boolean => (act === "uphold" || act === "reopen") && actor === "editor";

describe("an act on an old card", () => {
  test.each(guardedBy("version").flatMap(settings))("$act, $life: is refused and changes nothing", async (set) => {
    const { act, life, actor } = set;
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    const old = toDoing(cast, actor, report, originalId, report.version);
    const { done, before, after } = await inVain(store.db, async (db) => {
      await db.transaction((tx) => changeReport(tx, deps.city, report, {}, now));
      const earlier = await snapshotOf(db);
      return { done: await PERFORM[act](through(db), old, now), before: earlier, after: await snapshotOf(db) };
    });
    expect(done).toMatchObject({ ok: false, why: "decided" });
    expect(after).toBe(before);
    expectDecided(done, report, now);
    // The same card, had it been the newest.
    expect(await inVain(store.db, (db) => PERFORM[act](through(db), old, now))).toMatchObject({ ok: true });
  });

  /** Somebody decided: who and what is said. Nobody did yet: that the card shows something old. */
  const expectDecided = (done: Done, report: ReportRow, now: Date): void => {
    for (const locale of i18n.locales) {
      const reading = { i18n, locale, city: deps.city, now };
      const [key, params] = refusalWords(reading, report.id, done as ActRefusal);
      const said = i18n.t(locale, key, params);
      if (report.status === "submitted") expect(key).toBe("staff:refused.changed");
      else expect(said).toContain(i18n.t(locale, `notices:status.${report.status}`));
      expect(said).not.toMatch(/\{\{|undefined|refused\./);
    }
  };

  test.each([
    ["accepted", "accept", "reject"],
    ["rejected", "reject", "accept"],
  ] as const)("names who %s it", async (_, first, second) => {
    const { report, now } = await live(deps, { cast, originalId }, "submitted", NOON);
    const [mine, theirs] = [
      toDoing(cast, "editor", report, originalId, report.version),
      toDoing(cast, "moderator", report, originalId, report.version),
    ];
    const done = await inVain(store.db, async (db) => {
      expect(await PERFORM[first](through(db), theirs, now)).toMatchObject({ ok: true });
      return PERFORM[second](through(db), mine, now);
    });
    const said = i18n.locales.map((locale) => {
      const reading = { i18n, locale, city: deps.city, now };
      return i18n.t(locale, ...refusalWords(reading, report.id, done as ActRefusal));
    });
    expect(said[0]).toMatch(/уже решено: Мила, (в работе|отклонено)/);
    expect(said.every((text) => text.includes("Мила"))).toBe(true);
  });
});

describe("what is said of an older state", () => {
  test.each(guardedBy("cycle").flatMap(settings))(
    "$act: the answer of an earlier cycle has no votes any more",
    async (set) => {
      const { report, now } = await live(deps, { cast, originalId }, set.life, NOON);
      const old = toDoing(cast, set.actor, { ...report, cycle: report.cycle - 1 }, originalId);
      const before = await snapshotOf(store.db);
      expect(await PERFORM[set.act](deps, old, now)).toMatchObject({ ok: false, why: "over" });
      expect(await snapshotOf(store.db)).toBe(before);
    },
  );

  test.each([...guardedBy("cycle"), ...guardedBy("status")].flatMap(settings))(
    "$act, $life: said a second time it changes nothing more",
    async ({ act, life, actor }) => {
      const { report, now } = await live(deps, { cast, originalId }, life, NOON);
      const doing = toDoing(cast, actor, report, originalId);
      const { again, before, after } = await inVain(store.db, async (db) => {
        expect(await PERFORM[act](through(db), doing, now)).toMatchObject({ ok: true });
        const once = await snapshotOf(db);
        return { before: once, again: await PERFORM[act](through(db), doing, now), after: await snapshotOf(db) };
      });
      expect(again).toMatchObject({ ok: false });
      expect(after).toBe(before);
    },
  );
});
