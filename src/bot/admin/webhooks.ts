/** `/webhook` and `/webhooks`: which partners hear of public changes, and how that goes. */
import { addWebhook, MOST_WEBHOOKS, type Narrowed } from "../../actions/add-webhook.ts";
import { endWebhook } from "../../actions/end-webhook.ts";
import { retryWebhook } from "../../actions/retry-webhook.ts";
import { findNamed } from "../../city/find-named.ts";
import { textIn } from "../../city/text.ts";
import { momentInWords } from "../../notices/dates.ts";
import { agencyName, districtName } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { listWebhooks, type WebhookState } from "../../store/queries/webhooks.ts";
import type { BotContext } from "../context.ts";
import { brief } from "../editor/moderate.ts";
import { readingOf } from "../reading.ts";

const usageOf = (ctx: BotContext): { usage: string } => ({ usage: ctx.t("webhooks:usage.webhook") });

/** Adds, retries or ends a webhook. */
export const webhook = (ctx: BotContext, words: string): Promise<unknown> => {
  const [, verb = "", rest = ""] = /^(\S+)\s*([\s\S]*)$/.exec(words) ?? [];
  switch (verb.toLowerCase()) {
    case "add":
    case "добавить":
      return add(ctx, rest);
    case "retry":
    case "повторить":
      return withNumber(ctx, rest, retry);
    case "off":
    case "отключить":
      return withNumber(ctx, rest, end);
  }
  return ctx.tell("webhooks:wrong.how", usageOf(ctx));
};

const withNumber = (
  ctx: BotContext,
  typed: string,
  run: (ctx: BotContext, webhookId: number) => Promise<unknown>,
): Promise<unknown> => {
  const digits = /^(?:№\s*)?(\d{1,9})$/.exec(typed.trim())?.[1];
  return digits === undefined ? ctx.tell("webhooks:wrong.number", usageOf(ctx)) : run(ctx, Number(digits));
};

const add = async (ctx: BotContext, words: string): Promise<unknown> => {
  const [, url = "", named = ""] = /^(\S+)\s*([\s\S]*)$/.exec(words) ?? [];
  if (url === "") return ctx.tell("webhooks:wrong.how", usageOf(ctx));
  const narrowed = named === "" ? { districtId: null, agencyId: null } : await readNarrowed(ctx, named);
  if (narrowed === null) return undefined;
  const added = await addWebhook(ctx, { actorId: ctx.resident.id, url, narrowed }, ctx.now());
  if (!added.ok) return ctx.tell(`webhooks:wrong.${added.why}`, { most: String(MOST_WEBHOOKS) });
  const { host } = new URL(url);
  const params = { id: String(added.webhookId), host, of: ofWhat(ctx, narrowed) };
  return ctx.say({
    text: paragraphs(
      ctx.rich(named === "" ? "webhooks:added.all" : "webhooks:added.part", params),
      ctx.rich("webhooks:added.secret", { secret: added.secret }),
      ctx.rich("webhooks:added.once"),
    ),
  });
};

/** Says which of the two is meant where both have that name. */
const KIND_WORD = /^(?:(agency|служба|службы|службе)|(district|район|района))\s+([\s\S]*)$/i;

/** The district or agency that is typed, by id or name; null when it is none or several, which the person was told. */
const readNarrowed = async (ctx: BotContext, typed: string): Promise<Narrowed | null> => {
  const [, isAgency, isDistrict, name = typed] = KIND_WORD.exec(typed) ?? [];
  const districts = ctx.city.districts.map(({ id, name: title }) => ({
    kind: "district" as const,
    id,
    names: [title],
  }));
  const agencies = ctx.city.agencies.map(({ id, name: title, shortName }) => ({
    ...{ kind: "agency" as const, id, names: [title, shortName] },
  }));
  const all = [...(isAgency === undefined ? districts : []), ...(isDistrict === undefined ? agencies : [])];
  // A district and an agency may have the same id.
  const byId = all.filter(({ id }) => id === name.toLowerCase());
  const found = byId.length > 0 ? byId : findNamed(all, name);
  const [only, ...others] = found;
  if (only === undefined) {
    await ctx.tell("webhooks:wrong.unknown", { typed: brief(typed), ...usageOf(ctx) });
    return null;
  }
  if (others.length === 0) {
    return only.kind === "district" ? { districtId: only.id, agencyId: null } : { districtId: null, agencyId: only.id };
  }
  const choices = found.map(({ kind, id, names: [title = {}] }) =>
    ctx.rich("webhooks:wrong.choice", { kind, id, name: textIn(ctx.city, title, ctx.locale) }),
  );
  await ctx.say({ text: lines(ctx.rich("webhooks:wrong.several", { typed: brief(typed) }), ...choices) });
  return null;
};

const retry = async (ctx: BotContext, webhookId: number): Promise<unknown> => {
  const id = String(webhookId);
  const done = await retryWebhook(ctx, { actorId: ctx.resident.id, webhookId }, ctx.now());
  if (!done.ok) return ctx.tell(`webhooks:wrong.${done.why}`, { id });
  return done.waiting === 0
    ? ctx.tell("webhooks:retried.none", { id })
    : ctx.tell("webhooks:retried.some", { id, count: done.waiting });
};

const end = async (ctx: BotContext, webhookId: number): Promise<unknown> => {
  const id = String(webhookId);
  const done = await endWebhook(ctx, { actorId: ctx.resident.id, webhookId }, ctx.now());
  return done.ok ? ctx.tell("webhooks:ended", { id }) : ctx.tell(`webhooks:wrong.${done.why}`, { id });
};

/** Lists them with how each fares; of the address only the host, for the rest may open the partner's door. */
export const showWebhooks = async (ctx: BotContext): Promise<unknown> => {
  const all = await listWebhooks(ctx.store.db);
  if (all.length === 0) return ctx.tell("webhooks:list.none", usageOf(ctx));
  return ctx.say({
    text: paragraphs(ctx.rich("webhooks:list.title"), ...all.map((one) => renderWebhook(ctx, one))),
  });
};

const renderWebhook = (ctx: BotContext, one: WebhookState) => {
  const id = String(one.id);
  return lines(
    ctx.rich("webhooks:list.head", { id, host: new URL(one.url).host, of: ofWhat(ctx, one) }),
    stateInWords(ctx, one),
    one.waiting === 0 ? null : ctx.rich("webhooks:list.waiting", { size: String(one.waiting) }),
    one.dead === 0 || one.state === "paused" ? null : ctx.rich("webhooks:list.dead", { size: String(one.dead), id }),
  );
};

const stateInWords = (ctx: BotContext, one: WebhookState) => {
  const failure = one.failure ?? "";
  const when = (moment: Date): string => momentInWords(readingOf(ctx), moment);
  if (one.state === "paused") return ctx.rich("webhooks:list.paused", { id: String(one.id), failure });
  if (one.failingSince !== null && one.retryAt !== null) {
    return ctx.rich("webhooks:list.failing", { since: when(one.failingSince), failure, when: when(one.retryAt) });
  }
  return one.deliveredAt === null
    ? ctx.rich("webhooks:list.new")
    : ctx.rich("webhooks:list.well", { when: when(one.deliveredAt) });
};

const ofWhat = (ctx: BotContext, { districtId, agencyId }: Narrowed): string => {
  if (districtId !== null) return districtName(readingOf(ctx), districtId);
  return agencyId === null ? ctx.t("webhooks:list.all") : agencyName(readingOf(ctx), agencyId, "shortName");
};
