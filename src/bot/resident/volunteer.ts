/** `/volunteer`: neighbours who are ready to look at fixes near a place of their choice. */
import { hasConsented } from "../../actions/give-consent.ts";
import { stopVolunteering, volunteer } from "../../actions/volunteer.ts";
import type { Input } from "../../form/input.ts";
import { isVolunteer } from "../../store/queries/volunteers.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { sayAsking } from "../asks.ts";
import type { BotContext } from "../context.ts";
import type { Took } from "../told.ts";
import { bannedInWords } from "./banned.ts";
import { askConsent } from "./consent.ts";

/** Explains what it is and asks for the place; whoever is one already may move or stop. */
export const askToVolunteer = async (ctx: BotContext): Promise<void> => {
  if (!hasConsented(ctx.resident, ctx.city)) return askConsent(ctx, "");
  const { bannedUntil: until, banReason } = ctx.resident;
  if (until !== null && ctx.now() < until) {
    return void (await ctx.tell(...bannedInWords(ctx, { until, reason: banReason ?? "" })));
  }
  const isOne = await isVolunteer(ctx.store.db, ctx.resident.id);
  const what = { act: "volunteer", reportId: null, version: 0 } as const;
  await sayAsking(ctx, what, {
    text: ctx.rich(isOne ? "check:volunteer.now" : "check:volunteer.what"),
    buttons: [
      isOne
        ? [{ label: ctx.t("check:volunteer.stop"), act: { kind: "go", to: "volunteer-stop" } }]
        : [{ label: ctx.t("check:button.cancel"), act: { kind: "go", to: "ask-cancel" } }],
    ],
  });
};

/** The place they sent; anything else is about something else. */
export const takeHome = async (ctx: BotContext, question: Question, input: Input): Promise<Took> => {
  if (input.kind !== "location") return "not_it";
  const { message } = ctx;
  if (message === undefined) return "not_it";
  const answering = { ...question, answeredBy: message.message_id };
  const done = await volunteer(ctx, { residentId: ctx.resident.id, home: input.point, question: answering }, ctx.now());
  if (!done.ok && done.why === "banned") {
    await ctx.tell(...bannedInWords(ctx, done));
    return "done";
  }
  await ctx.tell(done.ok ? "check:volunteer.done" : "check:volunteer.outside");
  return done.ok ? "done" : "more";
};

/** A press on «Больше не приглашать», under the explanation or under an invitation. */
export const stopVolunteer = async (ctx: BotContext): Promise<void> => {
  const stopped = await stopVolunteering(ctx, { residentId: ctx.resident.id }, ctx.now());
  await ctx.tell(stopped.ok ? "check:volunteer.stopped" : "check:volunteer.none");
};
