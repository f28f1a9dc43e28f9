/** How people become staff, and how groups become theirs. */
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bindChat } from "../../../src/actions/bind-chat.ts";
import { createInvitation } from "../../../src/actions/create-invitation.ts";
import type { Deps } from "../../../src/actions/deps.ts";
import { findActor } from "../../../src/actions/find-actor.ts";
import { grantAdmins } from "../../../src/actions/grant-admins.ts";
import { leaveChat } from "../../../src/actions/leave-chat.ts";
import { migrateChat } from "../../../src/actions/migrate-chat.ts";
import { unbindChat } from "../../../src/actions/unbind-chat.ts";
import { useInvitation } from "../../../src/actions/use-invitation.ts";
import { type Store } from "../../../src/store/open.ts";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import { findBoundChat } from "../../../src/store/queries/bound-chats.ts";
import { events } from "../../../src/store/schema/events.ts";
import { cards, notices } from "../../../src/store/schema/notices.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { grants, invitations } from "../../../src/store/schema/staff.ts";
import { freshDeps, openElsewhere, type FreshDeps } from "../../support/deps.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";

let deps: FreshDeps;
/** The same database, opened by another process. */
let elsewhere: Deps & { store: Store };
let adminId: number;
let newcomerId: number;

beforeAll(async () => {
  deps = await freshDeps();
  elsewhere = await openElsewhere(deps);
});
beforeEach(async () => {
  adminId = await aResident(deps.store.db, { name: "Вера", role: "admin" });
  newcomerId = await aResident(deps.store.db);
});
afterAll(async () => {
  await elsewhere.store.close();
  await deps.store.close();
});

const rolesOf = async (residentId: number) => (await findActor(deps.store.db, residentId)).grants;

const eventsBy = async (actorId: number) =>
  (await deps.store.db.select().from(events).where(eq(events.actorId, actorId)).orderBy(asc(events.id))).map(
    ({ kind, data, actorRole }) => ({ kind, data, actorRole }),
  );

const removeRoles = (residentId: number) =>
  deps.store.db.update(grants).set({ removedAt: NOON }).where(eq(grants.residentId, residentId));

describe("an invitation", () => {
  const invite = async (role: "editor" | "officer" | "admin" = "editor", agencyId: string | null = null) => {
    const made = await createInvitation(deps, { actorId: adminId, role, agencyId }, NOON);
    if (!made.ok) throw new Error(made.why);
    return made;
  };
  const now = hoursAfter(NOON, 1);

  test("fits a deep link, is valid for 48 hours, and only its hash is stored", async () => {
    const { token, expiresAt } = await invite();
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(expiresAt).toEqual(hoursAfter(NOON, 48));
    expect(JSON.stringify(await deps.store.db.select().from(invitations))).not.toContain(token);
    const [made] = await eventsBy(adminId);
    expect(made).toEqual({ kind: "invited", data: { role: "editor", agencyId: null }, actorRole: "admin" });
  });

  test("gives its role, and tells the same person afterwards that they have it", async () => {
    const { token } = await invite("officer", "lighting");
    const use = () => useInvitation(deps, { residentId: newcomerId, token }, now);
    expect(await use()).toEqual({ ok: true, role: "officer", agencyId: "lighting", isHead: false, isNew: true });
    expect(await use()).toEqual({ ok: true, role: "officer", agencyId: "lighting", isHead: false, isNew: false });
    expect(await rolesOf(newcomerId)).toEqual([{ role: "officer", agencyId: "lighting" }]);
    expect(await eventsBy(newcomerId)).toEqual([
      { kind: "joined", data: { role: "officer", agencyId: "lighting" }, actorRole: "resident" },
    ]);
  });

  test("moves an officer to another agency", async () => {
    const first = await invite("officer", "lighting");
    const second = await invite("officer", "roads");
    await useInvitation(deps, { residentId: newcomerId, token: first.token }, now);
    await useInvitation(deps, { residentId: newcomerId, token: second.token }, hoursAfter(now, 1));
    expect(await rolesOf(newcomerId)).toEqual([{ role: "officer", agencyId: "roads" }]);
  });

  test("is not used up by somebody who has the role already", async () => {
    const { token } = await invite("admin");
    expect(await useInvitation(deps, { residentId: adminId, token }, now)).toMatchObject({ ok: true, isNew: false });
    expect(await useInvitation(deps, { residentId: newcomerId, token }, now)).toMatchObject({ ok: true, isNew: true });
  });

  test("does nothing for a second person", async () => {
    const { token } = await invite();
    await useInvitation(deps, { residentId: newcomerId, token }, now);
    const residentId = await aResident(deps.store.db);
    expect(await useInvitation(deps, { residentId, token }, now)).toEqual({ ok: false, why: "used" });
    expect(await rolesOf(residentId)).toEqual([]);
  });

  test("does not give back a role that was taken away", async () => {
    const { token } = await invite();
    await useInvitation(deps, { residentId: newcomerId, token }, now);
    await removeRoles(newcomerId);
    expect(await useInvitation(deps, { residentId: newcomerId, token }, now)).toEqual({ ok: false, why: "used" });
    expect(await rolesOf(newcomerId)).toEqual([]);
  });

  test("that ran out, was never made, or whose maker is no longer an admin, is refused", async () => {
    const { token, expiresAt } = await invite();
    const use = (when: Date, used = token) => useInvitation(deps, { residentId: newcomerId, token: used }, when);
    expect(await use(expiresAt)).toEqual({ ok: false, why: "expired" });
    expect(await use(now, "x".repeat(32))).toEqual({ ok: false, why: "unknown" });
    await removeRoles(adminId);
    expect(await use(now)).toEqual({ ok: false, why: "expired" });
    expect(await rolesOf(newcomerId)).toEqual([]);
  });

  test("used by two people at once makes one of them staff", async () => {
    for (let round = 0; round < 10; round++) {
      const { token } = await invite();
      const two = [await aResident(deps.store.db), await aResident(deps.store.db)] as const;
      const used = await Promise.all([
        useInvitation(deps, { residentId: two[0], token }, now),
        useInvitation(elsewhere, { residentId: two[1], token }, now),
      ]);
      expect(used.filter(({ ok }) => ok)).toHaveLength(1);
      expect(used).toContainEqual({ ok: false, why: "used" });
      expect([...(await rolesOf(two[0])), ...(await rolesOf(two[1]))]).toEqual([{ role: "editor", agencyId: null }]);
    }
  });

  test("used together with another of the same role gives one role", async () => {
    for (let round = 0; round < 10; round++) {
      const residentId = await aResident(deps.store.db);
      const [first, second] = [await invite(), await invite()];
      const used = await Promise.all([
        useInvitation(deps, { residentId, token: first.token }, now),
        useInvitation(elsewhere, { residentId, token: second.token }, now),
      ]);
      expect(used.filter((result) => result.ok && result.isNew)).toHaveLength(1);
      expect(used.filter((result) => result.ok && !result.isNew)).toHaveLength(1);
      expect(await rolesOf(residentId)).toHaveLength(1);
    }
  });

  test("is made by admins only, for agencies the city has, and for officers only with one", async () => {
    const editorId = await aResident(deps.store.db, { role: "editor" });
    const tryOut = (actorId: number, role: "editor" | "officer", agencyId: string | null) =>
      createInvitation(deps, { actorId, role, agencyId }, NOON);
    const before = await deps.store.db.$count(invitations);
    expect(await tryOut(editorId, "editor", null)).toEqual({ ok: false, why: "not_allowed" });
    expect(await tryOut(adminId, "officer", null)).toEqual({ ok: false, why: "agency_missing" });
    expect(await tryOut(adminId, "officer", "ministry")).toEqual({ ok: false, why: "unknown_agency" });
    expect(await tryOut(adminId, "editor", "lighting")).toEqual({ ok: false, why: "unknown_agency" });
    await removeRoles(adminId);
    expect(await tryOut(adminId, "editor", null)).toEqual({ ok: false, why: "not_allowed" });
    expect(await deps.store.db.$count(invitations)).toBe(before);
  });
});

describe("a group", () => {
  let chatId = -1_000;
  beforeEach(() => {
    chatId -= 10;
  });
  const bind = (districtIds: string[], actorId = adminId, id = chatId) =>
    bindChat(deps, { actorId, chatId: id, districtIds, locale: "ru" }, NOON);

  test("is bound by an admin, bound anew, and unbound", async () => {
    expect(await bind(["kuntsevo", "kuntsevo"])).toMatchObject({ ok: true, chat: { districtIds: ["kuntsevo"] } });
    expect(await bind([])).toMatchObject({ ok: true, chat: { districtIds: [] } });
    expect(await findBoundChat(deps.store.db, chatId)).toMatchObject({ purpose: "editors", districtIds: [] });
    expect(await unbindChat(deps, { actorId: adminId, chatId }, NOON)).toEqual({ ok: true });
    expect(await unbindChat(deps, { actorId: adminId, chatId }, NOON)).toEqual({ ok: false, why: "not_bound" });
    expect(await findBoundChat(deps.store.db, chatId)).toBeNull();
    expect((await eventsBy(adminId)).map(({ kind }) => kind)).toEqual(["chat_bound", "chat_bound", "chat_unbound"]);
  });

  test("is not bound by others, in private, or to a district the city does not have", async () => {
    expect(await bind([], newcomerId)).toEqual({ ok: false, why: "not_allowed" });
    expect(await bind([], adminId, 12_345)).toEqual({ ok: false, why: "not_a_group" });
    expect(await bind(["kuntsevo", "atlantis"])).toEqual({
      ok: false,
      why: "unknown_district",
      districtId: "atlantis",
    });
    expect(await findBoundChat(deps.store.db, chatId)).toBeNull();
    await bind([]);
    expect(await unbindChat(deps, { actorId: newcomerId, chatId }, NOON)).toEqual({ ok: false, why: "not_allowed" });
    expect(await findBoundChat(deps.store.db, chatId)).not.toBeNull();
  });

  test("that put the bot out is bound no more", async () => {
    await bind([]);
    await leaveChat(deps, chatId, NOON);
    await leaveChat(deps, chatId, NOON);
    expect(await findBoundChat(deps.store.db, chatId)).toBeNull();
  });

  test("that became a supergroup keeps its binding and what waits for it, and loses cards nobody can edit", async () => {
    const supergroupId = chatId - 1;
    await bind(["kuntsevo"]);
    const report = await aReport(deps.store.db, newcomerId);
    const waiting = { chatId, kind: "queue_card", params: {}, reportId: report.id, createdAt: NOON, dueAt: NOON };
    await deps.store.db.insert(notices).values([
      { ...waiting, dedupeKey: `waits ${chatId}` },
      { ...waiting, dedupeKey: `was sent ${chatId}`, state: "sent", settledAt: NOON },
    ]);
    await deps.store.db.insert(cards).values({ chatId, reportId: report.id, messageId: 1, sentAt: NOON });

    await Promise.all([migrateChat(deps, chatId, supergroupId), migrateChat(elsewhere, chatId, supergroupId)]);

    expect(await findBoundChat(deps.store.db, chatId)).toBeNull();
    expect(await findBoundChat(deps.store.db, supergroupId)).toMatchObject({ districtIds: ["kuntsevo"] });
    const told = await deps.store.db.select().from(notices).where(eq(notices.reportId, report.id)).orderBy(notices.id);
    expect(told.map((notice) => notice.chatId)).toEqual([supergroupId, chatId]);
    expect(await deps.store.db.select().from(cards).where(eq(cards.reportId, report.id))).toEqual([]);
    expect(await deps.store.boss.findJobs(DELIVER_QUEUE, { key: String(supergroupId) })).toHaveLength(1);
  });
});

describe("the admins named in the settings", () => {
  const [vera, gleb, zoya] = [7_000_001, 7_000_002, 7_000_003];
  const idOf = async (telegramId: number): Promise<number> => {
    const known = await deps.store.db.query.residents.findFirst({ where: eq(residents.telegramId, telegramId) });
    if (known === undefined) throw new Error(`Nobody has the Telegram id ${telegramId}`);
    return known.id;
  };
  const admins = async (): Promise<(number | null)[]> =>
    (
      await deps.store.db
        .select({ telegramId: residents.telegramId })
        .from(grants)
        .innerJoin(residents, eq(residents.id, grants.residentId))
        .where(and(isNull(grants.removedAt), inArray(residents.telegramId, [vera, gleb, zoya])))
        .orderBy(residents.telegramId)
    ).map(({ telegramId }) => telegramId);

  test("are admins before they ever wrote, once, even if several processes start at once", async () => {
    await Promise.all([grantAdmins(deps, [vera, gleb], NOON), grantAdmins(elsewhere, [gleb, vera], NOON)]);
    await grantAdmins(deps, [vera, gleb, vera], NOON);
    expect(await admins()).toEqual([vera, gleb]);
    expect(await eventsBy(await idOf(vera))).toEqual([{ kind: "admin_named", data: {}, actorRole: "admin" }]);
  });

  test("lose it when they are no longer named, unless somebody invited them", async () => {
    await grantAdmins(deps, [vera, gleb], NOON);
    const made = await createInvitation(deps, { actorId: await idOf(vera), role: "admin", agencyId: null }, NOON);
    if (!made.ok) throw new Error(made.why);
    await aResident(deps.store.db, { telegramId: zoya });
    await useInvitation(deps, { residentId: await idOf(zoya), token: made.token }, NOON);

    await grantAdmins(deps, [gleb], hoursAfter(NOON, 1));
    expect(await admins()).toEqual([gleb, zoya]);
    expect((await eventsBy(await idOf(vera))).at(-1)?.kind).toBe("admin_unnamed");
    await grantAdmins(deps, [], hoursAfter(NOON, 2));
    expect(await admins()).toEqual([zoya]);
    await grantAdmins(deps, [vera], hoursAfter(NOON, 3));
    expect(await admins()).toEqual([vera, zoya]);
  });
});
