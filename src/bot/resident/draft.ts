/** What can be done with a draft as a whole: go on with it, throw it away, begin anew. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { cancelDraft } from "../../actions/cancel-draft.ts";
import { isEmpty, readDraft, type Draft } from "../../form/draft.ts";
import type { Button } from "../../notices/message.ts";
import { lines } from "../../notices/rich.ts";
import type { BotContext } from "../context.ts";
import { continueForm } from "./form.ts";
import { menuKeyboard } from "./keyboards.ts";

/** Presses about the whole draft; no question of the form has words like these. */
const WHOLE = { resume: "!resume", cancel: "!cancel", anew: "!anew" } as const;

const draftOf = (ctx: BotContext): Draft | null => {
  const draft = ctx.visit.draft && readDraft(ctx.visit.draft.content);
  // What is begun for somebody else is not to become one's own report, even while it is empty.
  return draft && (!isEmpty(draft) || ctx.visit.draft?.intake != null) ? draft : null;
};

const button = (ctx: BotContext, draft: Draft, choice: keyof typeof WHOLE): Button[] => [
  { label: ctx.t(`resident:draft.${choice}`), act: { kind: "form", version: draft.turn, press: WHOLE[choice] } },
];

/** A new report; whoever has begun one is asked which of the two they mean. */
export const beginReport = async (ctx: BotContext): Promise<void> => {
  const draft = draftOf(ctx);
  if (draft === null) return continueForm(ctx, { kind: "show" });
  await ctx.say({
    text: lines(ctx.rich("resident:draft.exists"), forWhom(ctx)),
    buttons: [button(ctx, draft, "resume"), button(ctx, draft, "anew")],
  });
};

/** The draft as it stands, with the question it stands at. */
export const showDraft = async (ctx: BotContext): Promise<void> => {
  if (draftOf(ctx) === null) {
    await ctx.say({ text: ctx.rich("resident:draft.none"), keyboard: menuKeyboard(ctx) });
    return;
  }
  const whose = forWhom(ctx);
  if (whose !== null) await ctx.say({ text: whose });
  await continueForm(ctx, { kind: "show" });
};

/** «Для: Анна Петрова»; null where they write for themselves. */
const forWhom = (ctx: BotContext): FormattedString | null => {
  const intake = ctx.visit.draft?.intake;
  return intake == null ? null : ctx.rich("people:intake.for", { name: intake.name, phone: intake.phone });
};

/** Asks before throwing anything away. */
export const askToCancel = async (ctx: BotContext): Promise<void> => {
  const draft = draftOf(ctx);
  if (draft === null) {
    await ctx.say({ text: ctx.rich("resident:draft.none"), keyboard: menuKeyboard(ctx) });
    return;
  }
  await ctx.say({
    text: ctx.rich("resident:draft.askCancel"),
    buttons: [button(ctx, draft, "cancel"), button(ctx, draft, "resume")],
  });
};

/** A press about the whole draft; false when it is about a question. */
export const pressDraft = async (ctx: BotContext, turn: number, press: string): Promise<boolean> => {
  const choice = (Object.keys(WHOLE) as (keyof typeof WHOLE)[]).find((one) => WHOLE[one] === press);
  if (choice === undefined) return false;
  switch (choice) {
    case "resume":
      if (ctx.visit.draft === null) ctx.toast("resident:old");
      else await continueForm(ctx, { kind: "show" });
      return true;
    case "cancel":
    case "anew": {
      if (!(await cancelDraft(ctx, { visit: ctx.visit, turn }))) {
        ctx.toast("resident:old");
        return true;
      }
      ctx.visit = { ...ctx.visit, draft: null };
      await ctx.change({ text: ctx.rich("resident:draft.cancelled") });
      if (choice === "anew") await continueForm(ctx, { kind: "show" });
      return true;
    }
  }
};
