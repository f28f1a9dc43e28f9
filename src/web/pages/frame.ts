/** What every page needs to know of the request: the language, the addresses of other pages, and the words. */
import type { Context } from "hono";
import { html } from "hono/html";
import type { Key, Params } from "../../i18n/keys.ts";
import type { Reading } from "../../notices/dates.ts";
import { assetPath } from "../assets.ts";
import type { WebDeps } from "../deps.ts";

/** A piece of a page: text in it is escaped, markup is not. */
export type Html = ReturnType<typeof html>;

/** Parameters of an address; null and undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** A page's surroundings; a `Reading`, so whatever puts dates or reports into words takes it. */
export type Frame = Reading & {
  locales: readonly string[];
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  t: (key: Key, params?: Params) => string;
  /** A text with its bold, italic and links as markup. */
  rich: (key: Key, params?: Params) => Html;
  /** The address of another page, in the language that was asked for. */
  href: (path: string, query?: Query) => string;
  /** The same with our own name before it, for whoever is elsewhere. */
  url: (path: string, query?: Query) => string;
  /** This very page in another language. */
  inLocale: (locale: string) => string;
  asset: (name: string) => string;
  startLink: (payload: string) => string;
  chatPath: string | null;
};

/** The language of an answer: the one asked for by `lang`, else the browser's, else the city's first. Never throws. */
export const localeOf = (c: Context, { i18n, city }: Pick<WebDeps, "i18n" | "city">): string =>
  [c.req.query("lang"), ...accepted(c.req.header("accept-language"))].find(
    (locale) => locale !== undefined && i18n.locales.includes(locale),
  ) ?? city.locales[0];

/** Languages of the header, the preferred first, without their countries. */
const accepted = (header: string | undefined): string[] =>
  (header ?? "")
    .split(",", 10)
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const weight = Number(/q=([\d.]+)/.exec(rest.join(";"))?.[1] ?? 1);
      return { locale: tag.split("-")[0]?.toLowerCase() ?? "", weight };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale);

/** The frame of the page that is asked for. */
export const frameOf = (c: Context, deps: WebDeps): Frame => {
  const { i18n, city, now, startLink, chatPath } = deps;
  const locale = localeOf(c, deps);
  const { pathname: asIs, searchParams } = new URL(c.req.url);
  // A link to «//somewhere/else» would lead to another site.
  const pathname = asIs.replace(/^\/+/, "/");
  const asked = i18n.locales.includes(searchParams.get("lang") ?? "") ? locale : null;
  const href = (path: string, query: Query = {}): string => withQuery(path, { ...query, lang: asked });
  return {
    ...{ i18n, city, locale, startLink, chatPath },
    locales: i18n.locales,
    now: now(),
    path: pathname,
    query: searchParams,
    t: (key, params) => i18n.t(locale, key, params),
    rich: (key, params) => toHtml(i18n.parts(locale, key, params)),
    href,
    url: (path, query) => deps.baseUrl(c) + href(path, query),
    inLocale: (other) => withQuery(pathname, { ...Object.fromEntries(searchParams), lang: other }),
    asset: assetPath,
  };
};

const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

const toHtml = (parts: ReturnType<WebDeps["i18n"]["parts"]>): Html =>
  html`${parts.map(({ text, bold, italic, code, href }) => {
    const styled = bold
      ? html`<b>${text}</b>`
      : italic
        ? html`<i>${text}</i>`
        : code
          ? html`<code>${text}</code>`
          : text;
    return href === null ? styled : html`<a href="${href}">${styled}</a>`;
  })}`;
