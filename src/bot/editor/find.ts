/** `/find words|number|address`: reports by what is said in them, wherever they stand. */
import { headOf } from "../../city/text.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { districtName, topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { askedWords } from "../../report/asked-words.ts";
import { hasRole } from "../../report/permission.ts";
import { findReports } from "../../store/queries/find-reports.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { brief } from "./moderate.ts";
import { showReport } from "./report.ts";
import { readNumber } from "./report-number.ts";

/** Reports on one page: their numbers make one row of buttons. */
const A_PAGE = 5;

/** More words find no more; on one line, because the other pages read them from the message. */
const LONGEST_WORDS = 200;

/** Finds by words; a number alone is a report's. */
export const findTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  if (words === "") return ctx.tell("staff:wrong.find", { usage: ctx.t("commands:usage.find") });
  const numbered = readNumber(words);
  if (numbered !== null && numbered.rest === "") return showReport(ctx, words);
  return ctx.say(await renderFound(ctx, headOf(words.replaceAll(/\s+/g, " "), LONGEST_WORDS), 0));
};

/** A press on another page: the words are those of the message itself. False when it is none. */
export const pressFind = async (ctx: BotContext, to: string, option: string | undefined): Promise<boolean> => {
  if (to !== "find") return false;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    ctx.toast("staff:refused.stranger", {}, { alert: true });
    return true;
  }
  const words = /[«“](.+)[»”]/.exec(ctx.callbackQuery?.message?.text ?? "")?.[1];
  if (words === undefined || !/^\d{1,4}$/.test(option ?? "")) return false;
  await ctx.change(await renderFound(ctx, words, Number(option)));
  return true;
};

const renderFound = async (ctx: BotContext, words: string, page: number): Promise<OutMessage> => {
  const asked = askedWords(ctx.city, words);
  const { reports, isLast } = await findReports(ctx.store.db, asked, { page, size: A_PAGE });
  if (reports.length === 0 && page === 0) {
    return { text: ctx.rich("staff:find.nothing", { words: brief(words), usage: ctx.t("commands:usage.find") }) };
  }
  const reading = readingOf(ctx);
  const turn = (key: "staff:button.previous" | "staff:button.next", to: number): Button => ({
    label: ctx.t(key),
    act: { kind: "go", to: "find", option: String(to) },
  });
  const pages = [
    ...(page > 0 ? [turn("staff:button.previous", page - 1)] : []),
    ...(isLast ? [] : [turn("staff:button.next", page + 1)]),
  ];
  return {
    text: paragraphs(
      ctx.rich("staff:find.head", { words }),
      ...reports.map(({ id, status, topicId, districtId, address, description }) =>
        lines(
          ctx.rich("staff:find.item", {
            number: String(id),
            topic: topicTitle(reading, topicId),
            status: ctx.t(`notices:status.${status}`),
            place: address ?? districtName(reading, districtId),
          }),
          brief(description),
        ),
      ),
    ),
    buttons: [
      reports.map(({ id }): Button => ({
        label: ctx.t("resident:reports.number", { number: String(id) }),
        act: { kind: "go", to: "report", option: id.toString(36) },
      })),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};
