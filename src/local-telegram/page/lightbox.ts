import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { t } from "./strings.ts";

/** Photos large, one after another; arrows, Escape and presses work as in a gallery. */
export const openLightbox = (urls: readonly string[], start: number): void => {
  let index = start;
  const image = h("img", { alt: t("photo") });
  const count = h("span", { class: "lightbox-count" });
  const show = (step: number): void => {
    index = (index + step + urls.length) % urls.length;
    image.src = urls[index] ?? "";
    count.textContent = urls.length > 1 ? `${index + 1} / ${urls.length}` : "";
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight") show(1);
    if (event.key === "ArrowLeft") show(-1);
  };
  const onClick = (event: MouseEvent): void => {
    if (event.target === image && urls.length > 1) show(1);
    else box.close();
  };
  const shut = h("button", { type: "button", class: "icon-button", "aria-label": t("close") }, icon("close"));
  const box = h("dialog", { class: "lightbox", "aria-label": t("photo"), onKeydown, onClick }, image, count, shut);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  show(0);
  box.showModal();
};
