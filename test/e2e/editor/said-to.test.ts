/** `/report N` tells editors whom each event was told, when, and what did not arrive. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followReport } from "../../../src/actions/follow-report.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { ANNA, BORIS, MARIA, OLGA, PETR, startBot, textOf, type RunningBot } from "../../support/bot.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor", [PETR]: { officerOf: "lighting" }, [BORIS]: "operator" } });
  for (const person of [MARIA, ANNA, BORIS, OLGA, PETR]) await bot.tell(person, "/start", /\S/);
});
afterAll(() => bot.close());
beforeEach(() => bot.travel(NOON));

const history = async (id: number): Promise<string> => {
  const said = textOf(await bot.tell(ANNA, `/report ${id}`, /История/));
  return said.slice(said.indexOf("История"));
};
const settledAs = (id: number, kind: string, set: Partial<typeof notices.$inferInsert>) =>
  bot.store.db
    .update(notices)
    .set(set)
    .where(and(eq(notices.reportId, id), eq(notices.kind, kind)));

/** A report of Мария's that Анна sent to its agency at 14:00, all told. */
const anAssigned = async (): Promise<number> => {
  const { id } = await bot.file();
  await bot.settle();
  bot.travel(hoursAfter(NOON, 2));
  await bot.tell(ANNA, `/accept ${id}`, /передано/);
  await bot.settle();
  return id;
};

describe("the history of /report", () => {
  test("says under each event whom it was told and when, by role and not by name", async () => {
    const id = await anAssigned();
    expect(await history(id)).toMatch(
      new RegExp(
        "^История\n15 июля в 12:00 — отправлено\n +↳ сказано: автору 12:00, редакторам \\(2\\) 12:00\n" +
          "15 июля в 14:00 — передано: [^\n]+ \\(Анна\\)\n +↳ сказано: автору 14:00, исполнителям 14:00(\n|$)",
      ),
    );
    expect(await history(id)).not.toMatch(/Мария|Пётр/);
  });

  test("names what did not arrive and why, and what still waits", async () => {
    const id = await anAssigned();
    await settledAs(id, "received", { state: "undeliverable", failure: "Bad Request: something" });
    await settledAs(id, "assigned", { state: "undeliverable", failure: "blocked" });
    await settledAs(id, "task_card", { state: "waiting", settledAt: null, dueAt: hoursAfter(NOON, 20) });
    const said = await history(id);
    expect(said).toContain("автору — не доставлено: Bad Request: something, редакторам");
    expect(said).toContain("автору — не доставлено: бот остановлен, исполнителям — ждёт до 16 июля в 08:00");
    await settledAs(id, "task_card", { state: "sent", settledAt: NOON });
  });

  test("keeps followers apart from the author, and leaves out what was dropped and cards rewritten", async () => {
    const id = await anAssigned();
    await followReport(bot.deps, { residentId: bot.residentId(OLGA), reportId: id }, bot.deps.now());
    const event = { chatId: OLGA, residentId: bot.residentId(OLGA), reportId: id, params: {}, settledAt: NOON };
    const at = { createdAt: hoursAfter(NOON, 2), dueAt: hoursAfter(NOON, 2), state: "sent" } as const;
    const key = (kind: string) => `${kind}:${id}:2:${OLGA}:assigned`;
    await bot.store.db.insert(notices).values([
      { ...event, ...at, kind: "overdue", dedupeKey: key("overdue") },
      { ...event, ...at, kind: "answer_published", state: "dropped", dedupeKey: key("answer_published") },
    ]);
    const line = (await history(id)).split("\n").find((one) => one.includes("14:00, исполнителям"));
    expect(line?.trim()).toBe("↳ сказано: автору 14:00, исполнителям 14:00, подписчикам 12:00");
  });

  test("is for editors, each in their language; an operator reads the same history without it", async () => {
    const id = await anAssigned();
    const mine = and(eq(grants.residentId, bot.residentId(BORIS)), eq(grants.role, "operator"));
    await bot.store.db
      .update(reports)
      .set({ operatorId: bot.residentId(BORIS) })
      .where(eq(reports.id, id));
    const asOperator = textOf(await bot.tell(BORIS, `/report ${id}`, /History/));
    expect(asOperator).toContain("12:00 – sent\n");
    expect(asOperator).not.toContain("↳");
    await bot.store.db.update(grants).set({ role: "editor" }).where(mine);
    expect(textOf(await bot.tell(BORIS, `/report ${id}`, /History/))).toContain("↳ told: the author 12:00");
  });
});
