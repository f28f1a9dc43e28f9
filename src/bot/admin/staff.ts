/** `/staff`: who holds which role, and taking it away or moving an officer, all on one message that turns its pages. */
import { changeAgency } from "../../actions/change-agency.ts";
import { removeRole } from "../../actions/remove-role.ts";
import { shorten } from "../../city/text.ts";
import { momentInWords } from "../../notices/dates.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { agencyName } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findHeldRole, listHeld, type Held } from "../../store/queries/staff-list.ts";
import type { BotContext } from "../context.ts";
import { refreshMenuOf } from "../menus.ts";
import { readingOf } from "../reading.ts";

const PAGE_SIZE = 8;
const AGENCIES_A_PAGE = 6;
/** A label beyond this is cut by phones. */
const LABEL_CHARACTERS = 40;

/** The list from its beginning. */
export const showStaff = async (ctx: BotContext): Promise<unknown> => ctx.say(await renderStaff(ctx, 0));

/** A press on the list or on somebody in it; false for buttons of others. */
export const pressStaff = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  const run = PRESSES.get(to);
  if (run === undefined) return false;
  if (!hasRole(await ctx.actor(), "admin")) {
    ctx.log.info({ press: to, residentId: ctx.resident.id }, "press refused");
    ctx.toast("people:staff.not_allowed", {}, { alert: true });
    return true;
  }
  await run(ctx, option.split("."));
  return true;
};

type Run = (ctx: BotContext, option: readonly string[]) => Promise<void>;

/** Somebody of the list, as the button names them; whoever holds the role no more is gone from the list, which is shown anew. */
const withHeld =
  (run: (ctx: BotContext, held: Held, rest: readonly string[]) => Promise<void>): Run =>
  async (ctx, [grantId = "", ...rest]) => {
    const held = /^\d{1,15}$/.test(grantId) ? await findHeldRole(ctx.store.db, Number(grantId)) : null;
    if (held !== null) return run(ctx, held, rest);
    ctx.toast("people:staff.gone", {}, { alert: true });
    await ctx.change(await renderStaff(ctx, 0));
  };

/** Forged buttons may say anything. */
const toPage = (digits: string): number => (/^\d{1,6}$/.test(digits) ? Number(digits) : 0);

// A Map, because a forged press may be called like something every object has.
const PRESSES = new Map<string, Run>([
  ["staff", async (ctx, [page = ""]) => ctx.change(await renderStaff(ctx, toPage(page)))],
  ["staff-one", withHeld(async (ctx, held) => ctx.change(renderOne(ctx, held)))],
  ["staff-remove", withHeld(async (ctx, held) => ctx.change(renderQuestion(ctx, held)))],
  ["staff-move", withHeld(async (ctx, held, [page = ""]) => ctx.change(renderAgencies(ctx, held, toPage(page))))],
  ["staff-out", withHeld((ctx, held) => remove(ctx, held))],
  ["staff-to", withHeld((ctx, held, [agencyId = ""]) => move(ctx, held, agencyId))],
]);

const remove = async (ctx: BotContext, held: Held): Promise<void> => {
  const done = await removeRole(ctx, { actorId: ctx.resident.id, grantId: held.grantId }, ctx.now());
  if (!done.ok) {
    ctx.toast(`people:staff.${done.why}`, {}, { alert: true });
    return ctx.change(
      done.why === "last_admin" || done.why === "named" ? renderOne(ctx, held) : await renderStaff(ctx, 0),
    );
  }
  await refreshMenuOf(ctx, held);
  ctx.toast("people:staff.toast");
  await ctx.change({ text: ctx.rich("people:staff.removed", namesOf(ctx, held)), buttons: [[backToList(ctx)]] });
};

const move = async (ctx: BotContext, held: Held, agencyId: string): Promise<void> => {
  const done = await changeAgency(ctx, { actorId: ctx.resident.id, residentId: held.residentId, agencyId }, ctx.now());
  if (!done.ok) {
    ctx.toast(`people:staff.${done.why}`, {}, { alert: true });
    return ctx.change(renderOne(ctx, held));
  }
  ctx.toast("people:staff.toast");
  const agency = agencyName(readingOf(ctx), agencyId);
  const params = { ...namesOf(ctx, held), agency };
  await ctx.change({ text: ctx.rich("people:staff.moved", params), buttons: [[backToList(ctx)]] });
};

const renderStaff = async (ctx: BotContext, page: number): Promise<OutMessage> => {
  const { held, total } = await listHeld(ctx.store.db, { page, size: PAGE_SIZE });
  if (held.length === 0 && page > 0) return renderStaff(ctx, 0);
  const turn = (label: string, to: number): Button => ({ label, act: { kind: "go", to: "staff", option: String(to) } });
  const pages = [
    ...(page > 0 ? [turn("‹", page - 1)] : []),
    ...((page + 1) * PAGE_SIZE < total ? [turn("›", page + 1)] : []),
  ];
  return {
    text: paragraphs(
      ctx.rich("people:staff.title", { count: total }),
      lines(...held.map((one) => ctx.rich("people:staff.line", namesOf(ctx, one)))),
    ),
    buttons: [
      ...held.map((one): Button[] => [
        {
          label: shorten(ctx.t("people:staff.button", namesOf(ctx, one)), LABEL_CHARACTERS),
          act: go("staff-one", one),
        },
      ]),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};

const renderOne = (ctx: BotContext, held: Held): OutMessage => ({
  text: lines(
    ctx.rich("people:staff.line", namesOf(ctx, held)),
    ctx.rich(held.isNamed ? "people:staff.since_named" : "people:staff.since", {
      when: momentInWords(readingOf(ctx), held.grantedAt),
      by: held.by ?? ctx.t("notices:queue.someone"),
    }),
  ),
  buttons: [
    ...(held.role === "officer" ? [[{ label: ctx.t("people:staff.move"), act: go("staff-move", held, "0") }]] : []),
    [{ label: ctx.t("people:staff.remove"), act: go("staff-remove", held) }],
    [backToList(ctx)],
  ],
});

const renderQuestion = (ctx: BotContext, held: Held): OutMessage => ({
  text: ctx.rich("people:staff.ask", namesOf(ctx, held)),
  buttons: [
    [{ label: ctx.t("people:staff.yes"), act: go("staff-out", held) }],
    [{ label: ctx.t("staff:button.back"), act: go("staff-one", held) }],
  ],
});

const renderAgencies = (ctx: BotContext, held: Held, asked: number): OutMessage => {
  const others = ctx.city.agencies.filter(({ id }) => id !== held.agencyId);
  const last = Math.max(0, Math.ceil(others.length / AGENCIES_A_PAGE) - 1);
  const page = Math.min(asked, last);
  const shown = others.slice(page * AGENCIES_A_PAGE, (page + 1) * AGENCIES_A_PAGE);
  return {
    text: ctx.rich("people:staff.where", namesOf(ctx, held)),
    buttons: [
      ...shown.map(({ id }): Button[] => [
        { label: agencyName(readingOf(ctx), id, "shortName"), act: go("staff-to", held, id) },
      ]),
      [
        ...(page > 0 ? [{ label: "‹", act: go("staff-move", held, String(page - 1)) }] : []),
        { label: ctx.t("staff:button.back"), act: go("staff-one", held) },
        ...(page < last ? [{ label: "›", act: go("staff-move", held, String(page + 1)) }] : []),
      ],
    ],
  };
};

const go = (to: string, { grantId }: Held, ...rest: string[]) =>
  ({ kind: "go", to, option: [String(grantId), ...rest].join(".") }) as const;

const backToList = (ctx: BotContext): Button => ({
  label: ctx.t("people:staff.list"),
  act: { kind: "go", to: "staff", option: "0" },
});

/** «Анна», «исполнитель, Освещение», and the number by which the audit finds them. */
const namesOf = (ctx: BotContext, { residentId, name, role, agencyId, isHead }: Held) => {
  const title = ctx.t(isHead ? "staff:invite.head" : `staff:role.${role}`);
  const agency = agencyId === null ? null : agencyName(readingOf(ctx), agencyId, "shortName");
  return {
    id: String(residentId),
    name: name ?? ctx.t("notices:queue.someone"),
    role: agency === null ? title : ctx.t("staff:invite.of_agency", { role: title, agency }),
  };
};
