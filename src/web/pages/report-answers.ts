/** What the agency said, and what became of its check. */
import { html } from "hono/html";
import { agencyName } from "../../notices/report-words.ts";
import type { VoteCount } from "../../store/queries/public-page.ts";
import type { Frame, Html } from "./frame.ts";
import { dayOf } from "./parts.ts";
import { peopleWords } from "./people-words.ts";
import type { ReportPageView } from "./report-view.ts";

/** The published answers, the last one first; nothing before the first. */
export const answerSection = (frame: Frame, { report, answers }: ReportPageView): Html | "" => {
  const { t, href } = frame;
  if (answers.length === 0) return "";
  return html`<section class="answers" aria-labelledby="answers">
    <h2 id="answers">${t(answers.length === 1 ? "report-page:answer.title" : "report-page:answer.titles")}</h2>
    ${answers.toReversed().map(
      ({ kind, words, agencyId, sentAt, cycle }) =>
        html`<article class="answer">
          <h3>${t(`report-page:answer.${kind}`)}</h3>
          <p class="said">${peopleWords(frame, words)}</p>
          <p class="by">
            <a href="${href(`/a/${agencyId}`)}">${agencyName(frame, agencyId)}</a>, ${dayOf(frame, sentAt)}
          </p>
          ${cycle < report.cycle ? html`<p class="disproved">${t("report-page:answer.disproved")}</p>` : ""}
        </article>`,
    )}
  </section>`;
};

/** The votes and the outcome, once nobody can be swayed by them; nothing before. */
export const voteSection = (frame: Frame, { report, answers, votes }: ReportPageView): Html | "" => {
  const { t } = frame;
  const { outcome } = report;
  if (votes === null || outcome === null) return "";
  const isFixed = answers.at(-1)?.kind !== "cannot_fix";
  return html`<section class="votes" aria-labelledby="votes">
    <h2 id="votes">${t("report-page:votes.title")}</h2>
    <p>${t("report-page:votes.outcome", { outcome: t(`check:outcome.${outcome}`) })}</p>
    <dl class="facts">
      <div>
        <dt>${t(isFixed ? "report-page:votes.fixed" : "report-page:votes.agree")}</dt>
        <dd>${votersInWords(frame, votes.confirmation)}</dd>
      </div>
      <div>
        <dt>${t(isFixed ? "report-page:votes.not_fixed" : "report-page:votes.disagree")}</dt>
        <dd>${votersInWords(frame, votes.refutation)}</dd>
      </div>
    </dl>
  </section>`;
};

const votersInWords = ({ t }: Frame, { author, others }: VoteCount["confirmation"]): string => {
  if (others === 0) return t(author ? "report-page:votes.author" : "report-page:votes.nobody");
  return t(author ? "report-page:votes.both" : "report-page:votes.others", { count: others });
};
