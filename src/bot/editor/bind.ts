/** `/bind` and `/unbind`: which districts' new reports, or which agency's, arrive in this group, and what a channel carries. */
import { bindChat } from "../../actions/bind-chat.ts";
import { unbindChat } from "../../actions/unbind-chat.ts";
import { textIn } from "../../city/text.ts";
import { bindChannel, unbindChannel } from "../admin/bind-channel.ts";
import { chatKind } from "../commands.ts";
import { agencyName, districtName } from "../../notices/report-words.ts";
import { lines } from "../../notices/rich.ts";
import type { BotContext } from "../context.ts";
import { clearGroupMenu, setGroupMenu } from "../menus.ts";
import { readingOf } from "../reading.ts";
import { findAllNamed } from "../../city/find-named.ts";
import { brief, readAgency } from "./moderate.ts";

/** The word after which an agency is named instead of districts. */
const AGENCY_WORD = /^(?:agency|служба|службе)(?:\s+([\s\S]*))?$/i;

/** The word after which a channel is named, wherever it is typed: in a channel itself nobody can be told from anybody. */
const CHANNEL_WORD = /^(?:channel|канал|каналу)(?:\s+([\s\S]*))?$/i;

/** Binds the group to the districts named, to all when none is; or, after «agency», to that agency; after «channel» binds that channel. */
export const bind = async (ctx: BotContext, words: string): Promise<unknown> => {
  const channel = CHANNEL_WORD.exec(words);
  if (channel !== null) return bindChannel(ctx, (channel[1] ?? "").trim());
  if (chatKind(ctx.chat?.type) === "private")
    return ctx.tell("staff:bind.where", { usage: ctx.t("commands:usage.bind") });
  const agency = AGENCY_WORD.exec(words);
  if (agency !== null) return bindAgency(ctx, (agency[1] ?? "").trim());
  const districts = ctx.city.districts.map(({ id, name }) => ({ id, names: [name] }));
  const named = findAllNamed(districts, words);
  if (!named.ok) return tellUnknown(ctx, named.unknown);
  const districtIds = named.found.map(({ id }) => id);
  if (!(await bindTo(ctx, { districtIds, agencyId: null }))) return undefined;
  if (districtIds.length === 0) return ctx.tell("staff:bind.all");
  const names = districtIds.map((id) => districtName(readingOf(ctx), id)).join(", ");
  return ctx.tell("staff:bind.some", { count: districtIds.length, districts: names });
};

const bindAgency = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const agencyId = await readAgency(ctx, typed, ctx.t("commands:usage.bind"));
  if (agencyId === null || !(await bindTo(ctx, { districtIds: [], agencyId }))) return undefined;
  return ctx.tell("staff:bind.agency", { agency: agencyName(readingOf(ctx), agencyId) });
};

/** False when it was refused, and the person was told why. */
const bindTo = async (
  ctx: BotContext,
  to: { districtIds: readonly string[]; agencyId: string | null },
): Promise<boolean> => {
  if (ctx.chat === undefined) return false;
  const command = { actorId: ctx.resident.id, chatId: ctx.chat.id, ...to, locale: ctx.resident.locale };
  const bound = await bindChat(ctx, command, ctx.now());
  if (bound.ok) {
    ctx.locale = bound.chat.locale;
    await setGroupMenu(ctx, bound.chat);
    return true;
  }
  switch (bound.why) {
    case "not_allowed":
      await ctx.tell("staff:refused.not_allowed");
      return false;
    case "not_a_group":
      await ctx.tell("staff:bind.where", { usage: ctx.t("commands:usage.bind") });
      return false;
    case "unknown_district":
      await tellUnknown(ctx, bound.districtId);
      return false;
    case "unknown_agency":
      await ctx.tell("staff:refused.unknown_agency");
      return false;
  }
};

/** Ends it; after «channel» for the channel named, or for every channel. */
export const unbind = async (ctx: BotContext, words: string): Promise<unknown> => {
  const channel = CHANNEL_WORD.exec(words);
  if (channel !== null) return unbindChannel(ctx, (channel[1] ?? "").trim());
  if (chatKind(ctx.chat?.type) === "private")
    return ctx.tell("staff:bind.where", { usage: ctx.t("commands:usage.bind") });
  if (ctx.chat === undefined) return undefined;
  const chatId = ctx.chat.id;
  const unbound = await unbindChat(ctx, { actorId: ctx.resident.id, chatId }, ctx.now());
  if (!unbound.ok) {
    return ctx.tell(unbound.why === "not_bound" ? "staff:bind.not_bound" : "staff:refused.not_allowed");
  }
  await clearGroupMenu(ctx, chatId);
  return ctx.tell("staff:bind.unbound");
};

const tellUnknown = async (ctx: BotContext, typed: string): Promise<unknown> =>
  ctx.say({
    text: lines(
      ctx.rich("staff:bind.unknown", { typed: brief(typed), usage: ctx.t("commands:usage.bind") }),
      ...ctx.city.districts.map(({ id, name }) =>
        ctx.rich("staff:wrong.choice", { id, name: textIn(ctx.city, name, ctx.locale) }),
      ),
    ),
  });
