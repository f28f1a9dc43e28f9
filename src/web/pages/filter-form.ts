/** The filters of the list: a plain form whose answers stand in the address, and what is chosen as links that take it back. */
import { html } from "hono/html";
import { dayInWords } from "../../notices/dates.ts";
import { agencyName, districtName, topicTitle } from "../../notices/report-words.ts";
import { textIn } from "../../city/text.ts";
import type { Frame, Html } from "./frame.ts";
import { SHOWN_STATUSES, type Asked } from "./report-filter.ts";

/** What may be chosen, in the order in which it is said. */
const NAMES = ["q", "district", "category", "topic", "status", "agency", "from", "to", "overdue", "box"] as const;

/** The parameters that are chosen, in their order. */
export const chosenOf = (asked: Asked): (typeof NAMES)[number][] => NAMES.filter((name) => asked[name] !== undefined);

const option = (value: string, label: string, chosen: string | undefined): Html =>
  html`<option value="${value}" ${value === chosen ? html` selected` : ""}>${label}</option>`;

const select = (frame: Frame, name: "district" | "category" | "topic" | "status" | "agency", options: Html): Html =>
  html`<p class="field">
    <label for="f-${name}">${frame.t(`pages:filter.${name}`)}</label>
    <select id="f-${name}" name="${name}">
      <option value="">${frame.t(`pages:filter.any.${name}`)}</option>
      ${options}
    </select>
  </p>`;

/** The form; it works without scripts. */
export const filterForm = (frame: Frame, asked: Asked): Html => {
  const { t, city, locale, href } = frame;
  const inWords = (text: Parameters<typeof textIn>[1]): string => textIn(city, text, locale);
  const byName = <One extends { name: Parameters<typeof textIn>[1] }>(all: readonly One[]): One[] =>
    all.toSorted((a, b) => inWords(a.name).localeCompare(inWords(b.name), locale));
  const lang = frame.query.get("lang");
  const filters = chosenOf(asked).filter((name) => name !== "q");
  return html`<form class="filters" method="get" action="/" role="search" aria-label="${t("pages:filter.label")}">
    ${lang === null ? "" : html`<input type="hidden" name="lang" value="${lang}" />`}
    ${asked.box === undefined ? "" : html`<input type="hidden" name="box" value="${asked.box}" />`}
    <p class="search">
      <label class="visually-hidden" for="f-q">${t("pages:filter.q")}</label>
      <input
        id="f-q"
        name="q"
        type="search"
        value="${asked.q ?? ""}"
        maxlength="200"
        placeholder="${t("pages:filter.placeholder")}"
        enterkeyhint="search"
      />
      <button class="button" type="submit">${t("pages:filter.search")}</button>
    </p>
    <details class="more-filters">
      <summary>
        ${t("pages:filter.title")}${filters.length > 0 ? html` <span class="badge">${filters.length}</span>` : ""}
      </summary>
      <div class="fields">
        ${select(frame, "district", html`${byName(city.districts).map(({ id, name }) => option(id, inWords(name), asked.district))}`)}
        ${select(
          frame,
          "status",
          html`${option("open", t("pages:filter.open"), asked.status)}${SHOWN_STATUSES.map((status) => option(status, t(`notices:status.${status}`), asked.status))}`,
        )}
        ${select(frame, "category", html`${city.categories.map(({ id, title }) => option(id, inWords(title), asked.category))}`)}
        ${select(
          frame,
          "topic",
          html`${city.categories.map(
            ({ title, topics }) =>
              html`<optgroup label="${inWords(title)}">
                ${topics.map((topic) => option(topic.id, inWords(topic.title), asked.topic))}
              </optgroup>`,
          )}`,
        )}
        ${select(frame, "agency", html`${byName(city.agencies).map(({ id, name }) => option(id, inWords(name), asked.agency))}`)}
        <fieldset class="field period">
          <legend>${t("pages:filter.period")}</legend>
          <label for="f-from">${t("pages:filter.from")}</label
          ><input id="f-from" name="from" type="date" value="${asked.from ?? ""}" />
          <label for="f-to">${t("pages:filter.to")}</label
          ><input id="f-to" name="to" type="date" value="${asked.to ?? ""}" />
        </fieldset>
        <p class="field check">
          <input
            id="f-overdue"
            name="overdue"
            type="checkbox"
            value="yes"
            ${asked.overdue === undefined ? "" : html` checked`}
          /><label for="f-overdue">${t("pages:filter.overdue")}</label>
        </p>
        <p class="field actions">
          <button class="button" type="submit">${t("pages:filter.apply")}</button>
          <a class="button is-quiet" href="${href("/")}">${t("pages:filter.reset")}</a>
        </p>
      </div>
    </details>
  </form>`;
};

/** What is chosen, each with a way to take it back. */
export const chosenFilters = (frame: Frame, asked: Asked): Html => {
  const { t, href } = frame;
  const chosen = chosenOf(asked);
  if (chosen.length === 0) return html``;
  return html`<ul class="chosen" aria-label="${t("pages:filter.chosen")}">
    ${chosen.map((name) => {
      const words = inWords(frame, name, asked);
      return html`<li>
        <a href="${href("/", { ...asked, [name]: null })}" aria-label="${t("pages:filter.remove", { words })}"
          >${words}<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d="m3 3 10 10M13 3 3 13" /></svg
        ></a>
      </li>`;
    })}
  </ul>`;
};

const inWords = (frame: Frame, name: (typeof NAMES)[number], asked: Asked): string => {
  const { t, city, locale } = frame;
  const value = asked[name] ?? "";
  switch (name) {
    case "q":
      return t("pages:filter.said.q", { words: value });
    case "district":
      return districtName(frame, value);
    case "category": {
      const category = city.categories.find(({ id }) => id === value);
      return category === undefined ? value : textIn(city, category.title, locale);
    }
    case "topic":
      return topicTitle(frame, value);
    case "status":
      return value === "open"
        ? t("pages:filter.open")
        : t(`notices:status.${value as (typeof SHOWN_STATUSES)[number]}`);
    case "agency":
      return agencyName(frame, value);
    case "from":
      return t("pages:filter.said.from", { date: dayInWords(frame, value) });
    case "to":
      return t("pages:filter.said.to", { date: dayInWords(frame, value) });
    case "overdue":
      return t("pages:filter.said.overdue");
    case "box":
      return t("pages:filter.said.box");
  }
};
