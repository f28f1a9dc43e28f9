import { icon } from "./icons.ts";
import { h } from "./dom.ts";

// Telegram's own seven: everybody keeps one colour for good, because it follows from the id.
const hues = ["red", "orange", "violet", "green", "cyan", "blue", "pink"] as const;

/** The colour class of a person, bot or group. */
export const hueOf = (id: number): string => `hue-${hues[Math.abs(id) % hues.length] ?? "blue"}`;

const initials = (name: string): string => {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
};

/** A round picture with initials; decoration only, since the name always stands beside it. */
export const avatar = (id: number, name: string, isGroup = false): HTMLElement =>
  h("span", { class: `avatar ${hueOf(id)}`, "aria-hidden": "true" }, isGroup ? icon("group") : initials(name) || "?");
