import { afterEach, beforeEach, expect, test } from "vitest";
import { grantAdmins } from "../../src/actions/grant-admins.ts";
import { castOf, newcomersOf, seatCast } from "../../src/cast.ts";
import { residents } from "../../src/store/schema/residents.ts";
import { freshDeps, type FreshDeps } from "../support/deps.ts";
import { hoursAfter, NOON } from "../support/people.ts";

let deps: FreshDeps;
beforeEach(async () => {
  deps = await freshDeps();
});
afterEach(() => deps.store.close());

/** The hours from which the cast, who come at this moment for the first time, are not rung up. */
const quietFrom = async (now: Date): Promise<(number | null)[]> => {
  const cast = castOf(deps.city);
  const newcomers = await newcomersOf(deps, cast);
  await grantAdmins(deps, cast.adminIds, now);
  await seatCast(deps, cast, newcomers, now);
  const found = await deps.store.db.selectDistinct({ quietFrom: residents.quietFrom }).from(residents);
  return found.map((row) => row.quietFrom);
};

test("whoever tries it out at night is told at once, and a later start changes nobody's hours", async () => {
  expect(await quietFrom(hoursAfter(NOON, 11))).toEqual([null]);
  await deps.store.db.update(residents).set({ quietFrom: 21, quietUntil: 9 });
  expect(await quietFrom(hoursAfter(NOON, 35))).toEqual([21]);
});

test("whoever tries it out by day finds the hours that everybody has", async () => {
  expect(await quietFrom(NOON)).toEqual([22]);
});
