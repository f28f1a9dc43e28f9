/** Whoever loses a role hears so once, hears nothing of staff any more, and holds no card that shows or offers anything. */
import { eq } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { changeAgency } from "../../../src/actions/change-agency.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { grantAdmins } from "../../../src/actions/grant-admins.ts";
import { record } from "../../../src/actions/record.ts";
import { removeRole } from "../../../src/actions/remove-role.ts";
import { deliverChat } from "../../../src/jobs/deliver.ts";
import { mayHear, rolesToHear } from "../../../src/notices/hearers.ts";
import type { StaffRole } from "../../../src/report/status.ts";
import { notices } from "../../../src/store/schema/notices.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants } from "../../../src/store/schema/staff.ts";
import { dropUnsent } from "../../../src/store/writes/notices.ts";
import { aDelivery, tellAssigned, tellSubmitted } from "../../support/delivery.ts";
import { city } from "../../support/notices.ts";
import { aReport, aResident, NOON } from "../../support/people.ts";
import { freshStore, quietLog, type FreshStore } from "../../support/store.ts";

const AGENCY = "housing-kuntsevo";
const LEAVER = 8;
const never = new AbortController().signal;

const aTown = async (role: StaffRole, agencyId: string | null = null) => {
  const store: FreshStore = await freshStore("postgres");
  onTestFinished(() => store.close());
  const deps: Deps = { store, city, log: quietLog };
  const authorId = await aResident(store.db, { telegramId: 7, name: "Мария Сойкина" });
  const adminId = await aResident(store.db, { telegramId: 9, role: "admin" });
  const leaverId = await aResident(store.db, { telegramId: LEAVER, role, agencyId, name: "Вера" });
  const delivery = aDelivery(store);
  const submit = async (by = authorId) => {
    const report = await aReport(store.db, by);
    await tellSubmitted(store, report);
    return report;
  };
  return {
    ...delivery,
    store,
    deps,
    adminId,
    leaverId,
    submit,
    assign: (report: Awaited<ReturnType<typeof submit>>) => tellAssigned(store, report, adminId),
    deliver: (chatId = LEAVER) => {
      // What Telegram's pace would put off is not the matter here.
      delivery.wire.moveSeconds(60);
      return deliverChat(delivery.deps, chatId, never);
    },
    remove: async (residentId = leaverId) => {
      const [grant] = await store.db.select().from(grants).where(eq(grants.residentId, residentId));
      const done = await removeRole(deps, { actorId: adminId, grantId: grant?.id ?? 0 }, NOON);
      expect(done).toMatchObject({ ok: true });
    },
    /** What the last call sent, from this many on. */
    since: (count: number) => delivery.messenger.sent.slice(count),
  };
};

describe("an editor whose role is taken away", () => {
  test("is told none of what was still on its way, but once and kindly that it ended", async () => {
    const { submit, remove, deliver, messenger, store } = await aTown("editor");
    await submit();
    await remove();
    await deliver();
    expect(messenger.log()).toEqual([expect.stringMatching(/^8 Ваша роль в Отклике закончилась: редактор\. Спасибо/)]);
    const told = await store.db.select().from(notices).where(eq(notices.chatId, LEAVER)).orderBy(notices.id);
    expect(told.map(({ kind, state }) => `${kind} ${state}`)).toEqual(["queue_card dropped", "role_removed sent"]);
    expect(messenger.sent[0]?.message.text.text).toContain("как и всем жителям");
  });

  test("is told nothing of many that would have been folded", async () => {
    const { submit, remove, deliver, messenger } = await aTown("editor");
    for (let count = 0; count < 7; count += 1) await submit();
    await remove();
    await deliver();
    expect(messenger.log()).toEqual([expect.stringContaining("закончилась")]);
  });

  test("holds cards no more that name or offer anything, and sees no later decision on them", async () => {
    const { submit, assign, remove, deliver, messenger, since, leaverId } = await aTown("editor");
    const others = await submit();
    const own = await submit(leaverId);
    await deliver();
    const before = messenger.sent.length;
    await remove();
    await deliver();
    expect(since(before).map(({ edit, message }) => [edit !== undefined, message.text.text.split("\n")[0]])).toEqual([
      [true, `▫️ № ${others.id} · этим сообщением занимаются другие`],
      [false, expect.stringContaining("закончилась")],
    ]);
    expect(since(before)[0]?.message).not.toHaveProperty("buttons");
    const after = messenger.sent.length;
    await assign(others);
    await assign(own);
    await deliver();
    // Of their own report they hear as everybody does.
    expect(since(after).map(({ message }) => message.about ?? message.text.text)).toEqual([
      own.id,
      expect.stringContaining(`№ ${own.id}`),
    ]);
  });

  test("loses the card of a report, too, whose number is the version of a decision that was taken back", async () => {
    const { submit, remove, deliver, messenger, since, store } = await aTown("editor");
    const { id } = await submit();
    await deliver();
    const before = messenger.sent.length;
    await remove();
    await store.db.transaction((tx) => dropUnsent(tx, { id, version: id }, NOON));
    await deliver();
    expect(since(before)[0]?.message.text.text).toContain(`▫️ № ${id} · этим сообщением занимаются другие`);
  });

  test("keeps the cards that another role of theirs needs", async () => {
    const { submit, remove, deliver, messenger, since, store, leaverId } = await aTown("editor");
    await submit();
    await deliver();
    await store.db.insert(grants).values({ residentId: leaverId, role: "inspector", grantedAt: NOON });
    const before = messenger.sent.length;
    await remove();
    await deliver();
    expect(since(before)).toHaveLength(1);
    expect(since(before)[0]?.message.text.text).toMatch(/Другие ваши роли остаются/);
  });
});

describe("an officer", () => {
  test("who goes to another agency hears so once, and leaves the cards and tasks of the old one", async () => {
    const { submit, assign, deps, adminId, leaverId, deliver, messenger, since } = await aTown("officer", AGENCY);
    const first = await assign(await submit());
    await deliver();
    const before = messenger.sent.length;
    const second = await assign(await submit());
    const moved = await changeAgency(deps, { actorId: adminId, residentId: leaverId, agencyId: "roads" }, NOON);
    expect(moved).toEqual({ ok: true, from: AGENCY });
    await deliver();
    expect(since(before).map(({ edit, message }) => [edit !== undefined, message.text.text.split("\n")[0]])).toEqual([
      [true, `▫️ № ${first.id} · этим сообщением занимаются другие`],
      [false, expect.stringMatching(/^Теперь ваша служба — /)],
    ]);
    expect(JSON.stringify(since(before))).not.toContain(second.description);
  });

  test("still hears that a task went on to another agency than theirs", async () => {
    const { submit, assign, store, deliver, messenger, since } = await aTown("officer", AGENCY);
    const report = await assign(await submit());
    await deliver();
    const before = messenger.sent.length;
    const data = { from: AGENCY, to: "roads", reason: "Не наш двор", hops: 1, added: null, until: "2026-07-27" };
    const fact = {
      report: { ...report, agencyId: "roads" },
      actorId: null,
      actorRole: "editor",
      kind: "rerouted",
      data,
    };
    await store.db.transaction(async (tx) => record(tx, { store, city }, fact as Parameters<typeof record>[2], NOON));
    await deliver();
    expect(since(before).map(({ edit }) => edit !== undefined)).toEqual([true]);
  });
});

test("an admin who is named in the settings no more hears so after the start", async () => {
  const { store, deps, deliver, messenger } = await aTown("editor");
  await store.db.update(residents).set({ telegramId: 8_000 }).where(eq(residents.telegramId, LEAVER));
  await grantAdmins(deps, [LEAVER], NOON);
  await grantAdmins(deps, [9], NOON);
  await deliver();
  expect(messenger.log()).toEqual([expect.stringContaining("закончилась: администратор")]);
});

test("what residents hear needs no role, and every notice for staff alone needs one", () => {
  for (const kind of ["received", "question", "rejected", "undone", "role_removed", "card_closed"]) {
    expect(rolesToHear(kind), kind).toBeNull();
  }
  expect(rolesToHear("queue_card")).toEqual(["editor", "admin"]);
  expect(rolesToHear("digest_agency")).toEqual(["officer"]);
  const overdue = { kind: "overdue_staff", agencyId: "roads", params: {} };
  expect(mayHear([{ role: "officer", agencyId: "lighting" }], overdue)).toBe(false);
  expect(mayHear([{ role: "officer", agencyId: "roads" }], overdue)).toBe(true);
  expect(mayHear([{ role: "editor", agencyId: null }], overdue)).toBe(true);
});
