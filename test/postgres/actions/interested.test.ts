/** An editor who works for an agency, too, or asked for it before, gives nothing to that agency. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deps } from "../../../src/actions/deps.ts";
import type { Db } from "../../../src/store/open.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { AGENCIES, PERFORM } from "../../support/acts.ts";
import { live, startLives, toDoing, type Cast } from "../../support/life.ts";
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
const appoint = (db: Db, residentId: number, role: "editor" | "officer" | "admin", agencyId: string | null = null) =>
  db.insert(grants).values({ residentId, role, agencyId, grantedAt: NOON });

describe.each([
  ["postpone", "assigned"],
  ["reroute", "assigned"],
  ["ask", "assigned"],
  ["publish", "answered"],
] as const)("«%s» of what is %s", (act, life) => {
  test("is not done by an editor who is an officer of that agency, and is by one of another", async () => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    for (const [agencyId, isTheirs] of [
      [AGENCIES[0], true],
      [AGENCIES[1], false],
    ] as const) {
      const tried = await inVain(store.db, async (db) => {
        await appoint(db, cast.editor, "officer", agencyId);
        const before = await snapshotOf(db);
        const done = await PERFORM[act](through(db), toDoing(cast, "editor", report, originalId), now);
        return { done, isSame: (await snapshotOf(db)) === before };
      });
      const refused = { done: { ok: false, why: "agency_staff" }, isSame: true };
      if (isTheirs) expect(tried).toEqual(refused);
      else expect(tried).toMatchObject({ done: { ok: true }, isSame: false });
    }
  });

  test("is done by an admin of that agency where nobody else is left", async () => {
    const { report, now } = await live(deps, { cast, originalId }, life, NOON);
    const done = await inVain(store.db, async (db) => {
      await db.update(grants).set({ removedAt: NOON });
      await appoint(db, cast.admin, "officer", AGENCIES[0]);
      await appoint(db, cast.admin, "admin");
      return PERFORM[act](through(db), toDoing(cast, "admin", report, originalId), now);
    });
    expect(done).toMatchObject({ ok: true });
  });
});

test("whoever asked for a later date and is an editor by now does not give it to themselves", async () => {
  const { report, now } = await live(deps, { cast, originalId }, "assigned", NOON);
  const done = await inVain(store.db, async (db) => {
    await db.update(grants).set({ removedAt: NOON });
    await appoint(db, cast.officer, "editor");
    await appoint(db, cast.editor, "editor");
    return PERFORM.postpone(through(db), toDoing(cast, "officer", report, originalId), now);
  });
  expect(done).toEqual({ ok: false, why: "own_answer" });
});
