/** The digests of the staff on one morning, counted once more from PRODUCT.md: who reads which list, and how long it is. */
import { count, daysLater, hourOf, isWorked } from "./almanac.ts";
import type { Life } from "./life.ts";
import { chatsOf, type Town } from "./town.ts";

/** A digest somebody had to get; a list that is empty is not in it. */
export type Digest = { kind: string; chatId: number; at: Date; lists: Readonly<Record<string, number>> };

/** The lists that are counted: what else a digest tells follows from the program's own state. */
export const LISTS = [
  ...["queue", "moderation_late", "answers", "requests", "disputes", "overdue"],
  ...["escalated", "late"],
];

/** How a report stands that morning. */
type Standing = Pick<Life, "id" | "status" | "due" | "agency" | "desk" | "hasRequest">;

/** All digests of a day, at nine; none on a day off. */
export const digestsOf = (
  standing: readonly Standing[],
  town: Town,
  districtOf: (reportId: number) => string,
  day: string,
): Digest[] => {
  if (!isWorked(day)) return [];
  const at = hourOf(day, 9);
  const isPast = ({ due }: Standing, workingDays: number): boolean =>
    due !== null && hourOf(count(due, { count: workingDays, kind: "working" }), 24) <= at;
  const isIn =
    (...statuses: string[]) =>
    ({ status }: Standing): boolean =>
      statuses.includes(status);
  const inWork = standing.filter(isIn("assigned", "planned"));
  // What was missed last night they were told of a few hours ago.
  const missed = inWork.filter(({ due }) => due !== null && daysLater(due, 1) < day);
  const disputesAt = (desk: string): Standing[] =>
    standing.filter((one) => one.status === "disputed" && one.desk === desk);
  const tell = (kind: string, chatIds: readonly number[], found: Record<string, readonly Standing[]>): Digest[] => {
    const lists = Object.fromEntries(
      Object.entries(found).flatMap(([name, { length }]) => (length > 0 ? [[name, length]] : [])),
    );
    return chatIds.map((chatId) => ({ kind: `digest_${kind}`, chatId, at, lists }));
  };
  const worthIt = (digests: Digest[]): Digest[] => digests.filter(({ lists }) => Object.keys(lists).length > 0);

  const ofEditors = (chatIds: readonly number[], isHere: (districtId: string) => boolean): Digest[] => {
    const here = ({ id }: Standing): boolean => isHere(districtOf(id));
    const queue = standing.filter(isIn("submitted")).filter(here);
    return tell("editors", chatIds, {
      queue,
      moderation_late: queue.filter((one) => isPast(one, 0)),
      answers: standing.filter(isIn("answered")).filter(here),
      requests: inWork.filter(({ hasRequest }) => hasRequest).filter(here),
      disputes: disputesAt("editors").filter(here),
      overdue: missed.filter(here),
    });
  };
  const covered = town.editorGroups.flatMap(({ districtIds }) => districtIds);
  const privately = [...town.editors, ...town.admins].map(({ chatId }) => chatId);
  const agencies = [...new Set(missed.flatMap(({ agency }) => agency ?? []))];
  // The calendar of next year is preliminary, of which the admins hear every week.
  const weekly = isFirstOfWeek(day)
    ? tell(
        "admins",
        town.admins.map(({ chatId }) => chatId),
        {
          disputes: disputesAt("admins"),
          escalated: inWork.filter((one) => isPast(one, 3)),
          late: standing.filter(isIn("submitted", "answered", "disputed")).filter((one) => isPast(one, 1)),
        },
      )
    : [];
  return [
    ...worthIt([
      ...agencies.flatMap((agency) =>
        tell("agency", chatsOf(town, agency), { overdue: missed.filter((one) => one.agency === agency) }),
      ),
      ...town.editorGroups.flatMap(({ chatId, districtIds }) => ofEditors([chatId], (id) => districtIds.includes(id))),
      ...ofEditors(privately, (id) => !covered.includes(id)),
      ...tell(
        "inspectors",
        town.inspectors.map(({ chatId }) => chatId),
        { disputes: disputesAt("inspectors") },
      ),
    ]),
    ...weekly,
  ];
};

const isFirstOfWeek = (day: string): boolean => {
  // Sunday is 0, and the last of its week.
  const before = (new Date(day).getUTCDay() + 6) % 7;
  return Array.from({ length: before }, (_, i) => daysLater(day, -1 - i)).every((one) => !isWorked(one));
};
