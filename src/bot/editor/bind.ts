/** `/bind` and `/unbind`: which districts' reports arrive in this group. */
import { bindChat } from "../../actions/bind-chat.ts";
import { unbindChat } from "../../actions/unbind-chat.ts";
import { textIn } from "../../city/text.ts";
import { districtName } from "../../notices/report-words.ts";
import { lines } from "../../notices/rich.ts";
import type { BotContext } from "../context.ts";
import { setGroupMenu } from "../menus.ts";
import { readingOf } from "../reading.ts";
import { findAllNamed } from "./find-named.ts";
import { brief } from "./moderate.ts";

/** Binds the group to the districts named, to all when none is. */
export const bind = async (ctx: BotContext, words: string): Promise<unknown> => {
  if (ctx.chat === undefined) return undefined;
  const districts = ctx.city.districts.map(({ id, name }) => ({ id, names: [name] }));
  const named = findAllNamed(districts, words);
  if (!named.ok) return tellUnknown(ctx, named.unknown);
  const districtIds = named.found.map(({ id }) => id);
  const { locale } = ctx.resident;
  const command = { actorId: ctx.resident.id, chatId: ctx.chat.id, districtIds, locale };
  const bound = await bindChat(ctx, command, ctx.now());
  if (!bound.ok) {
    switch (bound.why) {
      case "not_allowed":
        return ctx.tell("staff:refused.not_allowed");
      case "not_a_group":
        return ctx.tell("bot:command.group_only", { name: "bind" });
      case "unknown_district":
        return tellUnknown(ctx, bound.districtId);
    }
  }
  ctx.locale = bound.chat.locale;
  await setGroupMenu(ctx, bound.chat.chatId, bound.chat.locale);
  if (districtIds.length === 0) return ctx.tell("staff:bind.all");
  const names = districtIds.map((id) => districtName(readingOf(ctx), id)).join(", ");
  return ctx.tell("staff:bind.some", { count: districtIds.length, districts: names });
};

/** Ends it. */
export const unbind = async (ctx: BotContext): Promise<unknown> => {
  if (ctx.chat === undefined) return undefined;
  const chatId = ctx.chat.id;
  const unbound = await unbindChat(ctx, { actorId: ctx.resident.id, chatId }, ctx.now());
  if (!unbound.ok) {
    return ctx.tell(unbound.why === "not_bound" ? "staff:bind.not_bound" : "staff:refused.not_allowed");
  }
  await setGroupMenu(ctx, chatId, null);
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
