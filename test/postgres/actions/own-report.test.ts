/** Staff are residents, too: whoever filed a report decides nothing about it, in whichever roles and at whichever desk. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { editPublicText } from "../../../src/actions/correct-report.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { refuseRequest } from "../../../src/actions/refuse-request.ts";
import { takeCard } from "../../../src/actions/take-card.ts";
import { actsFrom, type Act, type StaffRole } from "../../../src/report/status.ts";
import type { Db } from "../../../src/store/open.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { findBench } from "../../../src/store/queries/disputes.ts";
import { PERFORM, type Done } from "../../support/acts.ts";
import { LIFE_NAMES, live, startLives, statusOf, toDoing, type Cast, type Life } from "../../support/life.ts";
import { NOON } from "../../support/people.ts";
import { inVain, snapshotOf } from "../../support/snapshot.ts";
import type { FreshStore } from "../../support/store.ts";

let store: FreshStore;
let deps: Deps;
let cast: Cast;
let originalId: number;

beforeAll(async () => {
  ({ store, deps, cast, originalId } = await startLives());
});
afterAll(() => store.close());

const through = (db: Db): Deps => ({ ...deps, store: { ...store, db } });

const appoint = async (db: Db, ...roles: StaffRole[]): Promise<void> => {
  const held = roles.map((role) => ({ residentId: cast.author, role, agencyId: null, grantedAt: NOON }));
  await db.insert(grants).values(held);
};

/** What is decided of such a report; a vote is everybody's own word. */
const decisionsOn = (life: Life): Act[] =>
  actsFrom(statusOf(life), "editor", "admin", "inspector").filter((act) => act !== "confirm" && act !== "refute");

test.each(LIFE_NAMES.filter((life) => decisionsOn(life).length > 0))(
  "what is %s is decided by everybody but its author, whichever role they hold as well",
  async (life) => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    for (const act of decisionsOn(life)) {
      for (const role of ["editor", "inspector", "admin"] as const) {
        const tried = await inVain(store.db, async (db) => {
          await appoint(db, role);
          const before = await snapshotOf(db);
          const done = await PERFORM[act](through(db), toDoing(cast, "author", report, originalId), now);
          return { done, isSame: (await snapshotOf(db)) === before };
        });
        const isTheirs = role !== "inspector" || statusOf(life) === "disputed";
        const why = isTheirs ? "own_report" : "not_allowed";
        expect(tried, `${role} does ${act}`).toEqual({ done: { ok: false, why }, isSame: true });
      }
    }
  },
);

test("nor is its card kept from the others, its text changed, or its agency's request refused by its author", async () => {
  const submitted = await live(deps, { cast, originalId }, "submitted", NOON);
  const assigned = await live(deps, { cast, originalId }, "assigned", NOON);
  await inVain(store.db, async (db) => {
    await appoint(db, "editor");
    const own = ({ report }: typeof submitted) => ({ actorId: cast.author, reportId: report.id, version: null });
    const { now } = assigned;
    const refused = { ok: false, why: "own_report" };
    expect(await takeCard(through(db), own(submitted), now)).toEqual(refused);
    expect(await editPublicText(through(db), { ...own(submitted), text: "Совсем другие слова" }, now)).toEqual(refused);
    expect(await refuseRequest(through(db), { ...own(assigned), remark: "Ждать незачем" }, now)).toEqual(refused);
    return true;
  });
});

test("a city of one does not stand still: where nobody else could decide, the author does, and the log tells so", async () => {
  const lives = ["submitted", "answered", "disputed"] as const;
  const decide = { submitted: "accept", answered: "publish", disputed: "uphold" } as const;
  for (const life of lives) {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    const done = await inVain(store.db, async (db): Promise<Done> => {
      await db.update(grants).set({ removedAt: NOON });
      await appoint(db, "admin");
      return PERFORM[decide[life]](through(db), toDoing(cast, "author", report, originalId), now);
    });
    expect(done, life).toMatchObject({ ok: true });
  }
});

test("a dispute does not wait at a desk where only its author sits", async () => {
  const { report, now } = await live(deps, { cast, originalId }, "published", NOON);
  await inVain(store.db, async (db) => {
    await db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, cast.inspector));
    await appoint(db, "inspector");
    expect(await findBench(db, report)).toEqual({ inspectors: false, editors: true, admins: true });
    const disputed = await PERFORM.refute(through(db), toDoing(cast, "follower", report, originalId), now);
    if (!disputed.ok) throw new Error(disputed.why);
    const editor = { ...toDoing(cast, "editor", disputed.report, originalId), report: disputed.report };
    expect(await PERFORM.uphold(through(db), editor, now)).toMatchObject({ ok: true });
    return true;
  });
});
