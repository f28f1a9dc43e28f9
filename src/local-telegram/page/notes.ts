/** What the bot says about a press, shown over the chat it was pressed in: a toast, or a box to be closed. */
import { h } from "./dom.ts";
import { t } from "./strings.ts";

export type Notes = {
  element: HTMLElement;
  toast: (text: string) => void;
  alert: (text: string) => void;
};

// Long enough to read at an unhurried pace, and never shorter than Telegram's own.
const toastMs = (text: string): number => 3_500 + text.length * 45;

// Ids must differ across columns, and `crypto` is missing on plain http beyond localhost.
let alerts = 0;

/** An empty place for notes; `focusAfter` gets the keyboard back when a box is closed. */
export const createNotes = (focusAfter: () => void): Notes => {
  const toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  const element = h("div", { class: "notes" }, toasts);
  return {
    element,
    toast: (text) => {
      const toast = h("div", { class: "toast" }, text);
      toasts.append(toast);
      window.setTimeout(() => toast.remove(), toastMs(text));
    },
    alert: (text) => {
      const before = document.activeElement;
      const shut = (): void => {
        veil.remove();
        if (before instanceof HTMLElement && before.isConnected) before.focus();
        else focusAfter();
      };
      const ok = h("button", { type: "button", class: "button is-primary", onClick: shut }, t("ok"));
      const onKeydown = (event: KeyboardEvent): void => {
        if (event.key === "Escape") shut();
        // The only thing to reach inside is the button itself.
        if (event.key === "Tab") event.preventDefault();
      };
      alerts += 1;
      const textId = `alert-${alerts}`;
      const veil = h(
        "div",
        { class: "veil", onKeydown },
        h(
          "div",
          { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-labelledby": textId },
          h("p", { id: textId }, text),
          ok,
        ),
      );
      element.append(veil);
      ok.focus();
    },
  };
};
