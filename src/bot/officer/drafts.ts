/** What can be done with an answer as a whole: go on with it, or throw it away. */
import { dropAnswer } from "../../actions/drop-answer.ts";
import { readAnswer } from "../../form/answer-draft.ts";
import type { Button } from "../../notices/message.ts";
import { findAnswerDraft } from "../../store/queries/answer-drafts.ts";
import type { BotContext } from "../context.ts";
import { continueAnswering } from "./answer.ts";

/** Presses about the whole answer; no question of the form has words like these. */
const WHOLE = { resume: "!resume", drop: "!drop" } as const;

/** The answer as it stands, with the question it stands at. */
export const showAnswer = (ctx: BotContext, reportId: number): Promise<void> =>
  continueAnswering(ctx, reportId, { kind: "show" });

/** Asks before throwing anything away. */
export const askToDrop = async (ctx: BotContext, reportId: number): Promise<void> => {
  const draft = await findAnswerDraft(ctx.store.db, { officerId: ctx.resident.id, reportId });
  const version = draft === null ? 0 : readAnswer(draft.content).turn;
  const button = (choice: keyof typeof WHOLE): Button[] => [
    { label: ctx.t(`officer:answer.${choice}`), act: { kind: "answer", reportId, version, press: WHOLE[choice] } },
  ];
  await ctx.say({
    text: ctx.rich("officer:answer.ask_drop", { number: String(reportId) }),
    buttons: [button("drop"), button("resume")],
    about: reportId,
  });
};

/** A press on an answer's button: about the whole of it, or a choice of its question. */
export const pressAnswer = async (
  ctx: BotContext,
  { reportId, version: turn, press }: { reportId: number; version: number; press: string },
): Promise<void> => {
  switch (press) {
    case WHOLE.resume:
      return showAnswer(ctx, reportId);
    case WHOLE.drop:
      if (!(await dropAnswer(ctx, { officerId: ctx.resident.id, reportId, turn }))) {
        return ctx.toast("officer:answer.old");
      }
      return ctx.change({ text: ctx.rich("officer:answer.dropped", { number: String(reportId) }), buttons: [] });
  }
  return continueAnswering(ctx, reportId, { kind: "press", turn, press });
};
