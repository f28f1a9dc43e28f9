import { ANSWER_KINDS, MOST_POSTPONEMENTS, ruleOfAnswer, type AnswerKind } from "../report/answer.ts";
import type { AnswerDraft, AnswerScene } from "./answer-draft.ts";
import { answered, type Question } from "./question.ts";

/** What may be answered to the report as it stands: a report is put off twice at most, and is not handed on or asked about once it is planned. */
export const offeredKinds = ({ report }: AnswerScene): AnswerKind[] =>
  ANSWER_KINDS.filter(
    (kind) =>
      ruleOfAnswer(kind).from.includes(report.status) &&
      (kind !== "planned" || report.postponements < MOST_POSTPONEMENTS),
  );

/** What the officer has to say: that it is fixed, that it cannot be, or what they ask for. */
export const answerKindQuestion: Question<AnswerDraft, AnswerScene> = {
  key: "kind",
  title: { text: "answer.title.kind" },
  expects: { text: "answer.kind.expects" },
  isMissing: ({ kind }, scene) => kind === null || !offeredKinds(scene).includes(kind),
  ask: (_, scene) => ({
    lines: [
      { text: "answer.kind.ask" },
      ...(scene.report.postponements >= MOST_POSTPONEMENTS
        ? [{ text: "answer.kind.noMore", params: { count: MOST_POSTPONEMENTS } } as const]
        : []),
    ],
    buttons: offeredKinds(scene).map((kind) => [{ label: { text: `answer.kind.${kind}` }, press: `k:${kind}` }]),
  }),
  press: (draft, press, scene) => {
    const kind = offeredKinds(scene).find((one) => press === `k:${one}`);
    return kind === undefined ? null : answered({ ...draft, kind });
  },
  answer: ({ kind }) => (kind === null ? null : { text: `answer.kind.${kind}` }),
};
