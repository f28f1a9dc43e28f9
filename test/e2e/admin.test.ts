import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeAgency } from "../../src/actions/change-agency.ts";
import { events, grants } from "../../src/store/schema/index.ts";
import { ANNA, BORIS, labelsOf, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aResident, NOON } from "../support/people.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor", [BORIS]: "inspector" } });
  for (const person of [ANNA, MARIA, OLGA]) await bot.tell(person, "/start", /Здравствуйте/);
});
afterAll(() => bot.close());
beforeEach(() => bot.travel(NOON));

const rolesOf = async (residentId: number) => {
  const held = and(eq(grants.residentId, residentId), isNull(grants.removedAt));
  return (await bot.store.db.select().from(grants).where(held)).map(({ role, agencyId }) => agencyId ?? role);
};
const granted = async (residentId: number, by: number) => {
  await bot.store.db.update(grants).set({ grantedById: by }).where(eq(grants.residentId, residentId));
};

describe("/staff", () => {
  test("takes a role away at once, after asking once more", async () => {
    const { id } = await bot.file();
    const list = await bot.tell(OLGA, "/staff", /Сотрудники/);
    expect(textOf(list)).toMatch(/Анна · редактор[^]*Boris · инспектор[^]*Ольга · администратор/);
    await bot.press(OLGA, list, "Анна");
    expect(textOf(bot.look(list))).toMatch(/Анна[^]*С 15 июля/);
    await bot.press(OLGA, bot.look(list), "Снять роль");
    expect(await rolesOf(bot.residentId(ANNA))).toEqual(["editor"]);
    expect(await bot.press(OLGA, bot.look(list), "Да, снять")).toMatchObject({ text: "Готово" });
    expect(await rolesOf(bot.residentId(ANNA))).toEqual([]);
    await bot.tell(ANNA, `/accept ${id}`, /такого права нет/);
    const [event] = await bot.store.db.select().from(events).where(eq(events.kind, "role_removed"));
    expect(event).toMatchObject({
      actorId: bot.residentId(OLGA),
      actorRole: "admin",
      data: { residentId: bot.residentId(ANNA), role: "editor" },
    });
    // The row stays, and so does the answer to a second press.
    await bot.press(OLGA, bot.look(list), "К списку");
    expect(textOf(bot.look(list))).not.toContain("Анна");
  });

  test("leaves the admin of the settings and the last one where they are", async () => {
    const list = await bot.tell(OLGA, "/staff", /Сотрудники/);
    await bot.press(OLGA, list, "Ольга");
    await bot.press(OLGA, bot.look(list), "Снять роль");
    expect((await bot.press(OLGA, bot.look(list), "Да, снять")).text).toMatch(/ADMIN_IDS/);
    await granted(bot.residentId(OLGA), bot.residentId(BORIS));
    await bot.press(OLGA, bot.look(list), "Снять роль");
    expect((await bot.press(OLGA, bot.look(list), "Да, снять")).text).toMatch(/последний администратор/);
    expect(await rolesOf(bot.residentId(OLGA))).toEqual(["admin"]);
  });

  test("moves an officer to another agency", async () => {
    const officer = await aResident(bot.store.db, { name: "Осип", role: "officer", agencyId: "lighting" });
    const list = await bot.tell(OLGA, "/staff", /Осип/);
    await bot.press(OLGA, list, "Осип");
    await bot.press(OLGA, bot.look(list), "Перевести");
    expect(labelsOf(bot.look(list)).flat().length).toBeGreaterThan(2);
    const other = bot.city.agencies.find(({ id }) => id !== "lighting");
    await bot.press(OLGA, bot.look(list), other?.shortName["ru"] ?? "?");
    expect(await rolesOf(officer)).toEqual([other?.id]);
    const moved = await changeAgency(
      bot.deps,
      { actorId: bot.residentId(OLGA), residentId: officer, agencyId: "lighting" },
      NOON,
    );
    expect(moved).toMatchObject({ ok: true, from: other?.id });
  });

  test("is nothing for others, by a forged press either", async () => {
    const refused = await bot.tell(MARIA, "/staff", /для сотрудников/);
    const [grant] = await bot.store.db
      .select()
      .from(grants)
      .where(eq(grants.residentId, bot.residentId(BORIS)));
    const toast = await bot.pressData(MARIA, refused, `g:staff-out:${grant?.id}`);
    expect(toast).toMatchObject({ text: "Это могут только администраторы.", alert: true });
    expect(await rolesOf(bot.residentId(BORIS))).toEqual(["inspector"]);
  });

  test("turns its pages when there are many", async () => {
    for (let i = 0; i < 10; i += 1) await aResident(bot.store.db, { name: `Редактор ${i}`, role: "editor" });
    const list = await bot.tell(OLGA, "/staff", /Сотрудники/);
    const first = textOf(list);
    await bot.press(OLGA, list, "›");
    expect(textOf(bot.look(list))).not.toBe(first);
    await bot.press(OLGA, bot.look(list), "‹");
    expect(textOf(bot.look(list))).toBe(first);
  });
});

describe("/audit", () => {
  test("shows what a person did in a period, newest first, and nothing of residents", async () => {
    const clerk = await aResident(bot.store.db, { name: "Глеб Щеглов", role: "editor", telegramId: 77_001 });
    const entry = { actorId: clerk, actorRole: "editor", data: {} };
    const at = (day: string) => new Date(`2026-07-${day}T09:00:00.000Z`);
    await bot.store.db.insert(events).values([
      { ...entry, at: at("01"), kind: "viewed" },
      { ...entry, at: at("10"), kind: "assigned" },
      { ...entry, at: at("12"), kind: "rejected" },
      { at: at("11"), actorId: bot.residentId(MARIA), actorRole: "author", kind: "submitted", data: {} },
    ]);
    const all = await bot.tell(OLGA, "/audit Щеглов", /Журнал сотрудников/);
    expect(textOf(all)).toMatch(
      /12 июля[^]*Глеб Щеглов \(редактор\): отклонено[^]*10 июля[^]*передано службе[^]*1 июля[^]*просмотрено/,
    );
    const some = await bot.tell(OLGA, "/audit глеб 5–11 июля", /5 июля – 11 июля/);
    expect(textOf(some)).toContain("передано службе");
    expect(textOf(some)).not.toMatch(/отклонено|просмотрено/);
    const byId = await bot.tell(OLGA, "/audit 77001 12 июля", /12 июля/);
    expect(textOf(byId)).toContain("отклонено");
    const day = await bot.tell(OLGA, "/audit 10–11 июля", /Журнал/);
    expect(textOf(day)).not.toMatch(/Мария|отправлено/);
    expect(textOf(await bot.tell(OLGA, "/audit 2 февраля", /Журнал/))).toContain("Записей нет");
  });

  test("turns its pages without losing or repeating any", async () => {
    const clerk = await aResident(bot.store.db, { name: "Яна Ласточкина", role: "editor" });
    const rows = Array.from({ length: 20 }, (_, i) => ({
      actorId: clerk,
      actorRole: "editor",
      data: {},
      kind: "viewed",
      at: new Date(NOON.getTime() + i * 60_000),
    }));
    await bot.store.db.insert(events).values(rows);
    const page = await bot.tell(OLGA, "/audit Ласточкина", /Журнал/);
    const times = (text: string) => text.match(/\d\d:\d\d/g) ?? [];
    const first = times(textOf(page));
    await bot.press(OLGA, page, "Раньше");
    const second = times(textOf(bot.look(page)));
    expect(new Set([...first, ...second]).size).toBe(20);
    await bot.press(OLGA, bot.look(page), "К последним");
    expect(times(textOf(bot.look(page)))).toEqual(first);
  });

  test("of a name that several have asks which, of nobody's says how it is written", async () => {
    for (const name of ["Тит Совин", "Тит Филин"]) await aResident(bot.store.db, { name, role: "editor" });
    const which = await bot.tell(OLGA, "/audit Тит вчера", /«Тит» — это кто\?/);
    expect(labelsOf(which)).toHaveLength(2);
    await bot.press(OLGA, which, "Филин");
    expect(textOf(bot.look(which))).toMatch(/14 июля – 14 июля[^]*Записей нет/);
    await bot.tell(OLGA, "/audit Мария", /нет «Мария»[^]*\/audit Анна/);
    await bot.tell(OLGA, "/audit 100%_", /нет «100%_»/);
    await bot.tell(MARIA, "/audit", /для сотрудников/);
  });
});
