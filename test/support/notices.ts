/** Reports as cards show them, and the way to read a text with its markup. */
import { loadI18n } from "../../src/i18n/i18n.ts";
import type { Reading } from "../../src/notices/dates.ts";
import type { OutMessage } from "../../src/notices/message.ts";
import type { ReportView } from "../../src/notices/report-view.ts";
import { dueOn } from "../../src/report/due.ts";
import { loadDemoCity } from "./demo-city.ts";

export const city = await loadDemoCity();
export const i18n = await loadI18n("locales");

export const AT = new Date("2026-04-29T14:05:00+03:00");
export const eightDays = dueOn(city, { count: 8, kind: "working" }, AT);

export const readingIn = (locale: string, now = AT): Reading => ({ i18n, city, locale, now });

/** A report in moderation as cards show it. */
export const aView = (differs: Partial<ReportView> = {}): ReportView => ({
  id: 123,
  version: 1,
  status: "submitted",
  topicId: "yard-light",
  districtId: "kuntsevo",
  agencyId: null,
  lat: 55.73,
  lon: 37.42,
  address: "Ярцевская улица, 14",
  description: "Фонарь у подъезда не горит вторую неделю",
  answers: {},
  photos: [],
  createdAt: AT,
  dueAt: new Date("2026-04-30T21:00:00Z"),
  publicText: null,
  handlingDueAt: null,
  firstDueAt: null,
  postponements: 0,
  said: [],
  hops: 0,
  officer: null,
  answer: null,
  cycle: 1,
  outcome: null,
  publishedAt: null,
  decision: null,
  check: null,
  statusAt: AT,
  repairs: 0,
  hasAppealed: false,
  rejection: null,
  isOnTop: false,
  mergedIntoId: null,
  taken: null,
  similar: [],
  ...differs,
});

/** The same, sent to its agency by Вера. */
export const anAssigned = (differs: Partial<ReportView> = {}): ReportView =>
  aView({
    version: 2,
    status: "assigned",
    agencyId: "housing-kuntsevo",
    dueAt: new Date(eightDays.dueAt),
    decision: { kind: "assigned", at: AT, by: "Вера", data: { agencyId: "housing-kuntsevo", due: eightDays } },
    ...differs,
  });

/** The same, rejected by Вера: the photo shows nothing. */
export const aRejected = (differs: Partial<ReportView> = {}): ReportView =>
  aView({
    version: 2,
    status: "rejected",
    dueAt: null,
    decision: { kind: "rejected", at: AT, by: "Вера", data: { code: "no_photo", words: null } },
    ...differs,
  });

/** Every act of a message's buttons, row by row. */
export const actsOf = ({ buttons = [] }: OutMessage) =>
  buttons.map((row) => row.map((button) => ("act" in button ? button.act : button.url)));
