/** The keys of the locale files as a type, so that a text that does not exist does not compile. One line per file in `locales/ru`. */
import type about from "../../locales/ru/about.json";
import type bot from "../../locales/ru/bot.json";
import type channel from "../../locales/ru/channel.json";
import type check from "../../locales/ru/check.json";
import type clock from "../../locales/ru/clock.json";
import type commands from "../../locales/ru/commands.json";
import type feeds from "../../locales/ru/feeds.json";
import type form from "../../locales/ru/form.json";
import type health from "../../locales/ru/health.json";
import type moderation from "../../locales/ru/moderation.json";
import type notices from "../../locales/ru/notices.json";
import type officer from "../../locales/ru/officer.json";
import type pages from "../../locales/ru/pages.json";
import type open311 from "../../locales/ru/open311.json";
import type people from "../../locales/ru/people.json";
import type relay from "../../locales/ru/relay.json";
import type reportPage from "../../locales/ru/report-page.json";
import type resident from "../../locales/ru/resident.json";
import type settings from "../../locales/ru/settings.json";
import type staff from "../../locales/ru/staff.json";
import type webhooks from "../../locales/ru/webhooks.json";
import type stats from "../../locales/ru/stats.json";

type Files = {
  about: typeof about;
  bot: typeof bot;
  channel: typeof channel;
  check: typeof check;
  clock: typeof clock;
  commands: typeof commands;
  feeds: typeof feeds;
  form: typeof form;
  health: typeof health;
  moderation: typeof moderation;
  notices: typeof notices;
  officer: typeof officer;
  pages: typeof pages;
  open311: typeof open311;
  people: typeof people;
  relay: typeof relay;
  "report-page": typeof reportPage;
  resident: typeof resident;
  settings: typeof settings;
  staff: typeof staff;
  webhooks: typeof webhooks;
  stats: typeof stats;
};

type WithoutPlural<K extends string> = K extends `${infer Stem}_${"zero" | "one" | "two" | "few" | "many" | "other"}`
  ? Stem
  : K;
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Paths<T[K]>}`;
}[keyof T & string];

/** `room:path.to.text`, plural endings left out. */
export type Key = { [File in keyof Files & string]: `${File}:${Paths<Files[File]>}` }[keyof Files & string];

/** What a text is filled with; `count` picks the plural form. */
export type Params = Readonly<Record<string, string | number>>;
