/** `/settings`: how a resident is spoken to, and when not; each on one message that changes in place. */
import { setDigest } from "../../actions/set-digest.ts";
import { setQuietHours } from "../../actions/set-quiet-hours.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { lines } from "../../notices/rich.ts";
import { QUIET_CHOICES, type QuietHours } from "../../report/quiet-hours.ts";
import { digestHour } from "../../report/when-told.ts";
import { quietOf } from "../../store/queries/habits.ts";
import type { BotContext } from "../context.ts";
import { askLanguage } from "./language.ts";

const NONE = "none";
const DIGEST = "on";
const SINGLE = "off";

/** Shows what is chosen, with a button for each. */
export const showSettings = (ctx: BotContext): Promise<unknown> => ctx.say(renderSettings(ctx));

/** A press on the settings; false for buttons of others. */
export const pressSettings = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  switch (to) {
    case "settings":
      await ctx.change(renderSettings(ctx));
      return true;
    case "set-language":
      await askLanguage(ctx);
      return true;
    case "quiet-ask":
      await ctx.change(renderChoices(ctx));
      return true;
    case "quiet":
      await takeHours(ctx, option);
      return true;
    case "digest":
      await takeDigest(ctx, option);
      return true;
  }
  return false;
};

const takeHours = async (ctx: BotContext, option: string): Promise<void> => {
  const quiet = QUIET_CHOICES.find((choice) => optionOf(choice) === option) ?? null;
  if (quiet === null && option !== NONE) {
    ctx.toast("resident:old");
    return;
  }
  ctx.resident = await setQuietHours(ctx, { residentId: ctx.resident.id, quiet }, ctx.now());
  ctx.toast("settings:done");
  await ctx.change(renderSettings(ctx));
};

const takeDigest = async (ctx: BotContext, option: string): Promise<void> => {
  if (option !== DIGEST && option !== SINGLE) {
    ctx.toast("resident:old");
    return;
  }
  ctx.resident = await setDigest(ctx, { residentId: ctx.resident.id, wantsDigest: option === DIGEST }, ctx.now());
  ctx.toast("settings:done");
  await ctx.change(renderSettings(ctx));
};

const renderSettings = (ctx: BotContext): OutMessage => {
  const quiet = quietOf(ctx.resident);
  const { wantsDigest } = ctx.resident;
  const other = wantsDigest ? SINGLE : DIGEST;
  return {
    text: lines(
      ctx.rich("settings:title"),
      ctx.rich("settings:language", { language: ctx.t("resident:language.name") }),
      quiet === null ? ctx.rich("settings:quiet_none") : ctx.rich("settings:quiet", hoursOf(quiet)),
      wantsDigest ? ctx.rich("settings:digest", { time: clock(digestHour(quiet)) }) : ctx.rich("settings:single"),
      ctx.rich("settings:mute"),
    ),
    buttons: [
      [{ label: ctx.t("settings:button.language"), act: { kind: "go", to: "set-language" } }],
      [{ label: ctx.t("settings:button.quiet"), act: { kind: "go", to: "quiet-ask" } }],
      [
        {
          label: ctx.t(wantsDigest ? "settings:button.single" : "settings:button.digest"),
          act: { kind: "go", to: "digest", option: other },
        },
      ],
    ],
  };
};

const renderChoices = (ctx: BotContext): OutMessage => {
  const chosen = quietOf(ctx.resident);
  const choice = (quiet: QuietHours | null): Button => {
    const label = quiet === null ? ctx.t("settings:button.none") : ctx.t("settings:button.hours", hoursOf(quiet));
    const isChosen = optionOf(quiet) === optionOf(chosen);
    const act = { kind: "go", to: "quiet", option: optionOf(quiet) } as const;
    return { label: isChosen ? ctx.t("settings:button.chosen", { label }) : label, act };
  };
  const half = QUIET_CHOICES.length / 2;
  return {
    text: ctx.rich("settings:ask"),
    buttons: [
      ...QUIET_CHOICES.slice(0, half).map((quiet, index): Button[] =>
        [quiet, QUIET_CHOICES[index + half]].flatMap((one) => (one === undefined ? [] : choice(one))),
      ),
      [choice(null)],
      [{ label: ctx.t("settings:button.back"), act: { kind: "go", to: "settings" } }],
    ],
  };
};

const optionOf = (quiet: QuietHours | null): string => (quiet === null ? NONE : `${quiet.from}-${quiet.until}`);

const hoursOf = ({ from, until }: QuietHours) => ({ from: clock(from), until: clock(until) });
const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
