/** `npm run docs`: writes `docs/life.md`, the life of a report as a diagram and tables, from the tables in `src/report`. A test keeps it up to date. */
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { cityDate } from "../src/city/city-time.ts";
import { loadCity } from "../src/city/load-city.ts";
import type { City } from "../src/city/schema.ts";
import { loadI18n, type I18n } from "../src/i18n/i18n.ts";
import { ANSWER_KINDS, ruleOfAnswer } from "../src/report/answer.ts";
import {
  answerCheckDue,
  lastDayOf,
  moderationDue,
  replyDue,
  verificationDue,
  type Due,
  type DueCity,
} from "../src/report/due.ts";
import { inspectionDue } from "../src/report/dispute.ts";
import { repairUntil } from "../src/report/repair.ts";
import { ACT_NAMES, ruleOfAct, STATUS_NAMES, STATUSES, type Act, type Status } from "../src/report/status.ts";
import { TELLING, TICKS, type Tick } from "../src/report/ticks.ts";

/** Where it stands. */
export const LIFE_FILE = "docs/life.md";

const AN_HOUR = new Date("2026-07-15T09:00:00Z");

type Clock = Exclude<(typeof STATUSES)[Status]["clock"], null>;

/** How long each clock runs, asked of the rule itself wherever the rule does not depend on the report. */
const CLOCKS: Record<Clock, (city: DueCity) => string> = {
  moderation: (city) => lengthOf(moderationDue(city, AN_HOUR)),
  reply: (city) => lengthOf(replyDue(city, AN_HOUR)),
  repair: (city) => {
    const days = cityDate(city, AN_HOUR).until(lastDayOf(city, repairUntil(city, AN_HOUR))).days;
    return `${days} days, then nothing leads on`;
  },
  handling: () => "the topic's days; from the second cycle on half of the first's",
  planned: () => "until the new public date",
  answer_check: (city) => lengthOf(answerCheckDue(city, AN_HOUR)),
  verification: (city) => lengthOf(verificationDue(city, AN_HOUR)),
  inspection: (city) => lengthOf(inspectionDue(city, AN_HOUR)),
};

const lengthOf = ({ count, kind }: Due): string =>
  `${count} ${kind === "working" ? "working " : ""}day${count === 1 ? "" : "s"}`;

const diagram = (): string => {
  const edges = Map.groupBy(
    ACT_NAMES.flatMap((act) => {
      const { from, to } = ruleOfAct(act);
      return from.flatMap((one) => to.map((other) => ({ act, edge: `${one} --> ${other}` })));
    }),
    ({ edge }) => edge,
  );
  return [
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> submitted: submit",
    ...[...edges].map(([edge, acts]) => `  ${edge}: ${acts.map(({ act }) => act).join(", ")}`),
    ...STATUS_NAMES.filter((status) => STATUSES[status].owes === null).map((status) => `  ${status} --> [*]`),
    "```",
  ].join("\n");
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (name: string): string => `\`${name}\``;
const codes = (names: readonly string[]): string => (names.length === 0 ? "–" : names.map(code).join(" "));

const statuses = (i18n: I18n, city: City): string =>
  table(
    ["status", ...i18n.locales, "owes the next step", "clock", "the public sees", "Open311"],
    STATUS_NAMES.map((status) => {
      const { owes, clock, shows, open311 } = STATUSES[status];
      const seen = { all: "all of it", dates: "number, status, dates", before: "as much as before" }[shows];
      const names = i18n.locales.map((locale) => i18n.t(locale, `notices:status.${status}`));
      return [code(status), ...names, owes ?? "–", clock === null ? "–" : CLOCKS[clock](city), seen, open311];
    }),
  );

const acts = (): string =>
  table(
    ["act", "from", "to", "by", "needs", "the agency's date"],
    ACT_NAMES.map((act: Act) => {
      const { from, to, by, needs, date } = ruleOfAct(act);
      return [
        code(act),
        codes(from),
        codes(to),
        by.join(", "),
        needs.join(", ").replaceAll("_", " ") || "–",
        date ?? "–",
      ];
    }),
  );

const answers = (): string =>
  table(
    ["answer", "from", "sent as", "accepted as", "photo"],
    ANSWER_KINDS.map((kind) => {
      const { from, sentBy, acceptedBy, photo } = ruleOfAnswer(kind);
      return [code(kind), codes(from), code(sentBy), code(acceptedBy), photo];
    }),
  );

const moments = (): string =>
  table(
    ["moment", "in", "what it does"],
    (Object.keys(TICKS) as Tick[]).map((tick) => [
      code(tick),
      codes(TICKS[tick].in),
      (TELLING as readonly Tick[]).includes(tick) ? "is told" : "does something",
    ]),
  );

/** The file as it has to be now. */
export const lifeInWords = async (): Promise<string> => {
  const [i18n, loaded] = [await loadI18n("locales"), await loadCity("cities/kuntsevo")];
  if (!loaded.ok) throw new Error("The demo city has faults");
  const text = `# The life of a report

Written by \`npm run docs\` from \`src/report/status.ts\`, \`answer.ts\` and \`ticks.ts\`; change those, not this file.

${diagram()}

## Statuses

${statuses(i18n, loaded.city)}

## Acts

Whoever is not named under «by» is refused, whatever card or command they try it with. An officer counts only in the agency that has the
report, an operator only where an operator filed it. Where an act leads to several statuses, the report's own past or its votes decide.

${acts()}

## What an agency says

${answers()}

## What comes by itself

${moments()}
`;
  return format(text, { ...(await resolveConfig(LIFE_FILE)), parser: "markdown" });
};

if (import.meta.main) writeFileSync(LIFE_FILE, await lifeInWords());
