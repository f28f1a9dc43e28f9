import { expect, test } from "vitest";
import { CAST } from "../../../src/cast.ts";
import { playerOf } from "../../../src/stage.ts";
import { findVisit } from "../../../src/store/queries/residents.ts";
import { digests } from "../../../src/store/schema/digests.ts";
import { at, clockEvents, endOf } from "../../support/clocks.ts";
import { aReport } from "../../support/people.ts";
import { startLocalTelegram } from "../../support/local-telegram.ts";
import { startOnTelegram, startWholeProgram } from "../../support/whole-program.ts";

test("the whole program travels over a weekend, and the editors read in their group what waited too long", async () => {
  // A Friday, 18:00.
  const friday = at("2026-07-17T18:00");
  await using program = await startWholeProgram("embedded", () => friday);
  const { store, messenger } = program;
  const maria = playerOf(messenger, CAST.maria);
  await maria.say("/start");
  await maria.hears(/Здравствуйте/);
  const visit = await findVisit(store.db, CAST.maria, 0);
  const dueAt = endOf("2026-07-17");
  const report = await aReport(store.db, visit?.resident.id ?? 0, {
    createdAt: friday,
    statusAt: friday,
    dueAt,
    nextTickAt: dueAt,
  });
  const editors = playerOf(messenger, CAST.anna, CAST.editors);
  await program.travelTo(at("2026-07-20T10:00"));
  const digest = await editors.hears(/Утренняя сводка/);
  expect(digest).toContain(`Модерация опаздывает: 1\n№ ${report.id} · `);
  expect(digest).toContain("срок прошёл 17 июля");
  expect((await clockEvents(store)).map(({ kind }) => kind)).toEqual(["moderation_late"]);
}, 90_000);

test("with a real token the city's time is the real one: it does not travel, and no page offers to", async () => {
  await using telegram = await startLocalTelegram({ token: `700100200:${"t".repeat(35)}` });
  await using program = await startOnTelegram("embedded", telegram);
  const farAway = new Date(Date.now() + 40 * 24 * 3_600_000);
  await expect(program.travelTo(farAway)).rejects.toThrow("is the real one");
  for (const tool of ["next", "hour", "day", "working-day", "week"]) {
    expect((await fetch(`${program.url}/chat/api/tools/${tool}`, { method: "POST" })).status).toBe(404);
  }
  expect((await fetch(`${program.url}/chat`)).status).toBe(404);
  // None of the mornings on the way has come.
  const moments = await program.store.db.select({ nextTickAt: digests.nextTickAt }).from(digests);
  expect(moments).not.toEqual([]);
  for (const { nextTickAt } of moments) expect(nextTickAt < farAway).toBe(true);
}, 90_000);
