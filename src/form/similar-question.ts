/** Before anything is sent: what others have reported near the place already. One tap joins instead of filing again. */
import { plain, row } from "./ask.ts";
import { excerpt } from "./description-question.ts";
import type { Draft } from "./draft.ts";
import type { Input } from "./input.ts";
import { answered, type Question, type Scene } from "./question.ts";

/** What is looked for: a topic at a place. Null while one of them is not known, or the place is on no map. */
export const similarKey = ({ topicId, place }: Draft): string | null => {
  const point = place?.point ?? null;
  return topicId === null || point === null ? null : [topicId, point.lat.toFixed(5), point.lon.toFixed(5)].join(" ");
};

/** Characters of a report's text that tell whether it is the same thing. */
const SHOWN_LENGTH = 120;

/** «Похоже, об этом уже сообщили»: asked only where something was found, and not again for the same topic and place. */
export const similarQuestion: Question = {
  key: "similar",
  title: null,
  expects: { text: "similar.expects" },
  isMissing: (draft, { similar }) =>
    similar !== undefined &&
    similar.found.length > 0 &&
    similar.key === similarKey(draft) &&
    draft.newAt !== similar.key,
  ask: (_, { similar }) => ({
    lines: [
      { text: "similar.ask" },
      ...(similar?.found ?? []).map(({ id, meters, address, description, isOwn }) => ({
        text: isOwn ? ("similar.own" as const) : ("similar.item" as const),
        params: {
          number: String(id),
          meters,
          address: address ?? { text: "similar.noAddress" as const },
          words: excerpt(description, SHOWN_LENGTH),
        },
      })),
    ],
    buttons: [
      ...(similar?.found ?? []).map(({ id, isOwn }) => [
        {
          label: {
            text: isOwn ? ("similar.openOwn" as const) : ("similar.join" as const),
            params: { number: String(id) },
          },
          press: `j:${id}`,
        },
      ]),
      row("similar.other", "other"),
    ],
  }),
  press: (draft, press) =>
    press === "other" ? answered({ ...draft, newAt: similarKey(draft) }, plain({ text: "similar.isOther" })) : null,
  answer: () => null,
};

/** The report that this press joins; null when it joins none: another button, or one of an older question. */
export const joinedBy = (draft: Draft, input: Input, scene: Scene): number | null => {
  if (input.kind !== "press" || input.turn !== draft.turn || !similarQuestion.isMissing(draft, scene)) return null;
  return scene.similar?.found.find(({ id }) => input.press === `j:${id}`)?.id ?? null;
};
