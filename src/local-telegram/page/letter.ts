/** A letter on its way, drawn as the bubble it is about to become. */
import type { PageAction } from "../page-api.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Letter, Outbox } from "./outbox.ts";
import { t } from "./strings.ts";

const words = (action: PageAction): string => {
  switch (action.do) {
    case "text":
    case "edit":
      return action.text;
    case "photos":
      return action.caption ?? "";
    case "document":
      return [t("file"), action.caption].filter(Boolean).join(": ");
    case "location":
      return action.title ?? t("mapPlace");
    case "contact":
      return action.phone;
    case "other":
      return t(action.kind);
    case "press":
    case "block":
    case "unblock":
      return "";
  }
};

/** The bubble of a letter, with what to do about it once it failed. */
export const letterRow = (letter: Letter, outbox: Outbox): HTMLElement => {
  const text = words(letter.action);
  const failed = letter.state === "failed";
  const previews = letter.previews.map((src) => h("img", { src, alt: "" }));
  const state = failed
    ? null
    : h("span", { class: "meta" }, h("span", { class: "clock", role: "img", "aria-label": t("sending") }));
  const trouble =
    failed &&
    h(
      "div",
      { class: "trouble", role: "alert" },
      h("span", {}, letter.why === "" ? t("failed") : `${t("failed")}: ${letter.why}`),
      h(
        "button",
        { type: "button", class: "text-link", onClick: () => outbox.retry(letter) },
        icon("retry"),
        t("retry"),
      ),
      h(
        "button",
        { type: "button", class: "text-link", onClick: () => outbox.drop(letter) },
        icon("trash"),
        t("remove"),
      ),
    );
  return h(
    "article",
    { class: failed ? "row out first last is-failed" : "row out first last is-pending" },
    h(
      "div",
      { class: "stack" },
      h(
        "div",
        { class: "bubble" },
        previews.length > 0 && h("div", { class: "letter-previews" }, ...previews),
        text !== "" && h("div", { class: "text", dir: "auto" }, text),
        state,
      ),
      trouble,
    ),
  );
};
