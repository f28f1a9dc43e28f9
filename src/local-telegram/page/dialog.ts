import { h, type Child } from "./dom.ts";
import { icon } from "./icons.ts";
import { t } from "./strings.ts";

export type DialogParts = {
  title: string;
  kind: string;
  body: Child[];
  /** Label of the button that does it; without one the dialog can only be closed. */
  confirm?: string;
  onConfirm?: () => void;
};

export type OpenDialog = { close: () => void; confirmButton: HTMLButtonElement | null; element: HTMLDialogElement };

/** A modal box over the whole page; Escape and a press beside it close it, focus returns by the browser's own rules. */
export const openDialog = (parts: DialogParts): OpenDialog => {
  const titleId = `dialog-${parts.kind}`;
  const confirmButton =
    parts.confirm === undefined ? null : h("button", { type: "submit", class: "button is-primary" }, parts.confirm);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (confirmButton?.disabled === true) return;
    element.close();
    parts.onConfirm?.();
  };
  const shut = (): void => element.close();
  const form = h(
    "form",
    { method: "dialog", class: "dialog-form", onSubmit },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: titleId }, parts.title),
      h("button", { type: "button", class: "icon-button", "aria-label": t("close"), onClick: shut }, icon("close")),
    ),
    h("div", { class: "dialog-body" }, ...parts.body),
    confirmButton !== null &&
      h(
        "footer",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onClick: shut }, t("cancel")),
        confirmButton,
      ),
  );
  const element = h("dialog", { class: `dialog dialog-${parts.kind}`, "aria-labelledby": titleId }, form);
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  element.showModal();
  return { close: shut, confirmButton, element };
};
