/** Everything a resident says in their private chat besides commands. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { showConsentText, takeConsent } from "./consent.ts";
import { beginReport, pressDraft } from "./draft.ts";
import { continueForm } from "./form.ts";
import { menuChoice } from "./keyboards.ts";
import { takeLanguage } from "./language.ts";
import { pressMute, showOwnReports, showReport } from "./reports.ts";
import { pressSettings } from "./settings.ts";
import { open } from "./start.ts";
import { toEdit, toInput } from "./to-input.ts";

export const residentComposer = new Composer<BotContext>();

residentComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "form") {
    const { version: turn, press } = act;
    if (!(await pressDraft(ctx, turn, press))) await continueForm(ctx, { kind: "press", turn, press });
    return;
  }
  if (act?.kind === "go" && (await go(ctx, act.to, act.option ?? ""))) return;
  await next();
});

residentComposer.on("edited_message", async (ctx) => {
  const input = toEdit(ctx.editedMessage);
  if (input !== null) await continueForm(ctx, input);
});

residentComposer.on("message", async (ctx) => {
  const input = toInput(ctx.message);
  if (input === null) return;
  const choice = input.kind === "text" ? menuChoice(ctx, input.text) : null;
  switch (choice) {
    case "new":
      return beginReport(ctx);
    case "reports":
      return showOwnReports(ctx, 0);
    case null:
      return continueForm(ctx, input);
  }
});

/** Buttons that lead somewhere; false for those of others. */
const go = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  switch (to) {
    case "lang":
      await takeLanguage(ctx, option);
      return true;
    case "consent": {
      const given = await takeConsent(ctx, option);
      if (given !== null) await open(ctx, given.payload, given.who);
      return true;
    }
    case "consent-text":
      await showConsentText(ctx);
      return true;
    case "own-reports":
      await showOwnReports(ctx, toNumber(option) ?? 0);
      return true;
    case "own-report": {
      const [id, page] = option.split(".").map(toNumber);
      if (id === undefined || id === null) return false;
      await showReport(ctx, id, page ?? 0);
      return true;
    }
    case "mute":
    case "unmute": {
      const [id, page] = option.split(".").map(toNumber);
      if (id === undefined || id === null) return false;
      await pressMute(ctx, { id, page: page ?? null, isMuted: to === "mute" });
      return true;
    }
  }
  return pressSettings(ctx, to, option);
};

/** Forged buttons may say anything. */
const toNumber = (digits: string): number | null => (/^\d{1,12}$/.test(digits) ? Number(digits) : null);
