import { agenciesFor } from "../city/agencies.ts";
import { findNamed } from "../city/find-named.ts";
import type { Agency } from "../city/schema.ts";
import type { AnswerDraft, AnswerScene } from "./answer-draft.ts";
import { plain, row, type FormButton } from "./ask.ts";
import { answered, stay, type Question } from "./question.ts";

/** Agencies on one page: more no longer fit a phone's screen. */
const PAGE_SIZE = 8;
/** Nobody's name is longer; what is, tells why. */
const LONGEST_NAME = 60;

const START: AnswerDraft["agencyList"] = { page: 0, words: null };

/** Every agency but the one that answers, those that work in the district first. */
const others = ({ city, report }: AnswerScene): Agency[] =>
  agenciesFor(city, report.districtId).flatMap((id) =>
    id === report.agencyId ? [] : city.agencies.filter((agency) => agency.id === id),
  );

const find = (typed: string, scene: AnswerScene): Agency[] =>
  findNamed(
    others(scene).map((agency) => ({ id: agency.id, names: [agency.name, agency.shortName], agency })),
    typed,
  ).map(({ agency }) => agency);

const listed = ({ agencyList }: AnswerDraft, scene: AnswerScene): Agency[] =>
  agencyList.words === null ? others(scene) : find(agencyList.words, scene);

const choose = (draft: AnswerDraft, successorId: string) => answered({ ...draft, successorId, agencyList: START });

/** Whose it is, for an answer that it is not ours: from the list, or typed. */
export const successorQuestion: Question<AnswerDraft, AnswerScene> = {
  key: "successor",
  title: { text: "answer.title.successor" },
  expects: { text: "answer.successor.expects" },
  isEchoed: true,
  isMissing: ({ kind, successorId }, scene) =>
    kind === "not_ours" && !others(scene).some(({ id }) => id === successorId),
  ask: (draft, scene) => {
    const agencies = listed(draft, scene);
    const pages = Math.max(1, Math.ceil(agencies.length / PAGE_SIZE));
    const shown = Math.min(draft.agencyList.page, pages - 1);
    const turns: FormButton[] = [
      ...(shown > 0 ? row("button.previous", `p:${shown - 1}`) : []),
      ...(draft.agencyList.words === null ? [] : row("answer.successor.all", "all")),
      ...(shown < pages - 1 ? row("button.next", `p:${shown + 1}`) : []),
    ];
    return {
      lines: [{ text: draft.agencyList.words === null ? "answer.successor.ask" : "answer.successor.several" }],
      buttons: [
        ...agencies
          .slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE)
          .map(({ id, shortName }): FormButton[] => [{ label: plain({ in: shortName }), press: `s:${id}` }]),
        ...(turns.length > 0 ? [turns] : []),
      ],
    };
  },
  press: (draft, press, scene) => {
    const [kind = "", value = ""] = press.split(":");
    switch (kind) {
      case "s":
        return others(scene).some(({ id }) => id === value) ? choose(draft, value) : null;
      case "p":
        return /^\d{1,3}$/.test(value)
          ? stay({ ...draft, agencyList: { ...draft.agencyList, page: Number(value) } })
          : null;
      case "all":
        return stay({ ...draft, agencyList: START });
    }
    return null;
  },
  hear: (draft, text, scene) => {
    if (text.length > LONGEST_NAME) return null;
    const found = find(text, scene);
    const [only] = found;
    if (only !== undefined && found.length === 1) return choose(draft, only.id);
    if (found.length > 1) return stay({ ...draft, agencyList: { page: 0, words: text } });
    return stay(draft, { text: "answer.successor.unknown", params: { words: text } });
  },
  answer: ({ kind, successorId }, { city }) => {
    const agency = city.agencies.find(({ id }) => id === successorId);
    return kind === "not_ours" && agency !== undefined ? plain({ in: agency.name }) : null;
  },
};
