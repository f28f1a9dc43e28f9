/** `/client` and `/clients`: the programs that may report problems over Open311, and their keys. */
import { createClient } from "../../actions/create-client.ts";
import { disableClient } from "../../actions/disable-client.ts";
import { cityDate, startOfDay } from "../../city/city-time.ts";
import { momentInWords } from "../../notices/dates.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { listClients } from "../../store/queries/api-clients.ts";
import type { BotContext } from "../context.ts";
import { brief } from "../editor/moderate.ts";
import { readingOf } from "../reading.ts";

const LONGEST_NAME = 60;
/** What a city's own site sends on a bad day; a larger one is asked for by number. */
const PER_DAY = 200;
const MOST_PER_DAY = 100_000;

/** Gives a program a key, shown this once, or takes it away. */
export const client = async (ctx: BotContext, words: string): Promise<unknown> => {
  const [verb = "", ...rest] = words.split(/\s+/).filter((part) => part !== "");
  if (rest.length === 0) return how(ctx);
  if (verb.toLowerCase() === "add") return add(ctx, rest);
  if (verb.toLowerCase() === "off") return switchOff(ctx, rest.join(" "));
  return how(ctx);
};

/** Lists the programs with what they have sent. */
export const clients = async (ctx: BotContext): Promise<unknown> => {
  const today = startOfDay(ctx.city, cityDate(ctx.city, ctx.now()));
  const all = await listClients(ctx.store.db, today);
  if (all.length === 0) return ctx.tell("open311:client.none", { usage: ctx.t("open311:usage.client") });
  return ctx.say({
    text: paragraphs(
      ctx.rich("open311:client.title"),
      ...all.map(({ name, perDay, filed, filedSince, lastAt }) =>
        lines(
          ctx.rich("open311:client.line", {
            name,
            perDay: String(perDay),
            today: String(filedSince),
            total: String(filed),
          }),
          lastAt === null ? null : ctx.rich("open311:client.last", { when: momentInWords(readingOf(ctx), lastAt) }),
        ),
      ),
    ),
  });
};

const how = (ctx: BotContext): Promise<unknown> =>
  ctx.tell("open311:client.how", { usage: ctx.t("open311:usage.client") });

/** A number at the end is how many a day, unless it is all there is of the name. */
const add = async (ctx: BotContext, told: readonly string[]): Promise<unknown> => {
  const last = told.at(-1) ?? "";
  const isNumbered = told.length > 1 && /^\d+$/.test(last);
  const name = (isNumbered ? told.slice(0, -1) : told).join(" ");
  const perDay = isNumbered ? Number(last) : PER_DAY;
  if (name.length > LONGEST_NAME) return ctx.tell("open311:client.name_too_long", { max: LONGEST_NAME });
  if (perDay < 1 || perDay > MOST_PER_DAY) return ctx.tell("open311:client.per_day_wrong", { max: MOST_PER_DAY });
  const done = await createClient(ctx, { actorId: ctx.resident.id, name, perDay }, ctx.now());
  if (!done.ok) {
    return done.why === "name_taken"
      ? ctx.tell("open311:client.name_taken", { name })
      : ctx.tell("people:staff.not_allowed");
  }
  const params = { name, perDay: String(perDay), perMinute: String(done.perMinute) };
  return ctx.say({
    text: paragraphs(ctx.rich("open311:client.added", params), ctx.rich("open311:client.key", { key: done.key })),
  });
};

const switchOff = async (ctx: BotContext, name: string): Promise<unknown> => {
  const done = await disableClient(ctx, { actorId: ctx.resident.id, name }, ctx.now());
  if (done.ok) return ctx.tell("open311:client.off", { name: done.name });
  return done.why === "unknown"
    ? ctx.tell("open311:client.unknown", { name: brief(name) })
    : ctx.tell("people:staff.not_allowed");
};
