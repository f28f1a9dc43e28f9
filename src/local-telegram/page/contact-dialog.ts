import { openDialog } from "./dialog.ts";
import { h } from "./dom.ts";
import { t } from "./strings.ts";

/** A made-up number that stays the same for a person; +7 900 000 is given to nobody. */
const phoneOf = (personId: number): string => `+7900000${String(Math.abs(personId) % 10_000).padStart(4, "0")}`;

/** Asks before a number is shared, as Telegram does. */
export const openContactDialog = (personId: number, onShare: (phone: string) => void): void => {
  const phone = h("input", { type: "tel", class: "field", value: phoneOf(personId), "aria-label": t("phone") });
  openDialog({
    title: t("shareContact"),
    kind: "contact",
    confirm: t("share"),
    body: [h("p", { class: "note" }, t("shareContactHint")), phone],
    onConfirm: () => onShare(phone.value.trim()),
  });
};
