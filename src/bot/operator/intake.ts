/** `/intake`: a report for a person at the desk or on the phone. Name and phone first, then the same form as everybody's. */
import { beginIntake } from "../../actions/begin-intake.ts";
import { textIn } from "../../city/text.ts";
import type { Input } from "../../form/input.ts";
import { paragraphs } from "../../notices/rich.ts";
import { readContact } from "../../report/read-contact.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { findVisit } from "../../store/queries/residents.ts";
import { forget, sayAsking } from "../asks.ts";
import type { BotContext } from "../context.ts";
import { beginReport } from "../resident/draft.ts";
import { continueForm } from "../resident/form.ts";
import { toTold, type Took } from "../told.ts";

/** Asks for name and phone, or takes them at once; what the person has to hear stands above. */
export const intake = async (ctx: BotContext, words: string): Promise<unknown> => {
  if (words !== "") return begin(ctx, words, null);
  const what = { act: "intake", reportId: null, version: 0 } as const;
  return sayAsking(ctx, what, {
    text: paragraphs(...toBeRead(ctx), ctx.rich("people:intake.ask", { usage: ctx.t("people:intake.example") })),
    buttons: [[{ label: ctx.t("check:button.cancel"), act: { kind: "go", to: "ask-cancel" } }]],
  });
};

/** The consent, in words for the phone and the desk: not the bot's commands, but name and phone. */
const toBeRead = (ctx: BotContext) =>
  [ctx.rich("people:intake.read"), textIn(ctx.city, ctx.city.consent.assisted, ctx.locale)] as const;

/** The answer to that question. */
export const takeIntake = async (ctx: BotContext, question: Question, input: Input): Promise<Took> => {
  if (input.kind !== "text") {
    await ctx.tell("people:intake.wrong", { usage: ctx.t("people:intake.example") });
    return "more";
  }
  return begin(ctx, input.text, question);
};

const begin = async (ctx: BotContext, typed: string, question: Question | null): Promise<Took> => {
  const contact = readContact(typed);
  if (contact === null) {
    await ctx.tell("people:intake.wrong", { usage: ctx.t("people:intake.example") });
    return "more";
  }
  const answering =
    question === null ? null : (toTold(ctx, question, { kind: "text", text: typed, messageId: 0 })?.question ?? null);
  const begun = await beginIntake(ctx, { operatorId: ctx.resident.id, contact, question: answering }, ctx.now());
  if (!begun.ok) {
    await forget(ctx);
    if (begun.why === "not_allowed") await ctx.tell("staff:refused.not_allowed");
    else {
      await ctx.tell("people:intake.draft_exists");
      await beginReport(ctx);
    }
    return "done";
  }
  const noted = ctx.rich("people:intake.begun", { name: contact.name, phone: contact.phone });
  // Whoever typed them at once was not yet reminded what the person has to hear.
  await ctx.say({ text: question === null ? paragraphs(...toBeRead(ctx), noted) : noted });
  // What was read with the update is old by now.
  const { telegramId } = ctx.resident;
  const visit = telegramId === null ? null : await findVisit(ctx.store.db, telegramId, ctx.update.update_id);
  if (visit !== null) ctx.visit = visit;
  await continueForm(ctx, { kind: "show" });
  return "done";
};
