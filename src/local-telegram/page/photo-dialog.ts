/** Choosing photos: from the device or from the shelf of samples, up to ten, in the order of choosing. */
import type { PagePhoto, World } from "../page-api.ts";
import { shelfUrl } from "./api.ts";
import { openDialog } from "./dialog.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { spoken, t } from "./strings.ts";

export type ChosenPhotos = { photos: PagePhoto[]; files: File[]; previews: string[]; caption: string };

type Choice = { shelf: string } | { file: File; url: string };

const mostPhotos = 10;

/** Numbers the uploads among the choices `file0…file9`, as the messenger expects them. */
const toPhotos = (choices: readonly Choice[]): Omit<ChosenPhotos, "caption"> => {
  const files: File[] = [];
  const photos = choices.map((choice): PagePhoto => {
    if ("shelf" in choice) return { shelf: choice.shelf };
    files.push(choice.file);
    return { upload: `file${files.length - 1}` };
  });
  return {
    photos,
    files,
    previews: choices.map((choice) => ("shelf" in choice ? shelfUrl(choice.shelf) : choice.url)),
  };
};

/** Opens the chooser; `most: 1` picks a single picture, `given` are files dropped or pasted already. */
export const openPhotoDialog = (
  world: World,
  title: string,
  most: 1 | 10,
  given: readonly File[],
  onChosen: (chosen: ChosenPhotos) => void,
): void => {
  let choices: Choice[] = [];
  const caption = h("input", {
    type: "text",
    class: "field",
    placeholder: t("caption"),
    "aria-label": t("caption"),
    maxlength: 1024,
  });
  const uploads = h("div", { class: "shelf is-uploads" });
  const full = h("p", { class: "note", role: "status" });

  const remove = (choice: Choice): void => {
    choices = choices.filter((other) => other !== choice);
    if ("file" in choice) URL.revokeObjectURL(choice.url);
    draw();
  };
  const add = (choice: Choice): void => {
    if (most === 1) for (const other of choices) remove(other);
    if (choices.length < mostPhotos) choices.push(choice);
    else full.textContent = t("tooMany");
    draw();
  };
  const addFiles = (files: Iterable<File>): void => {
    for (const file of files)
      if (most > 1 || file.type.startsWith("image/")) add({ file, url: URL.createObjectURL(file) });
  };

  const numbered = (index: number): HTMLElement =>
    h("span", { class: "shelf-number" }, most === 1 ? icon("check") : index + 1);
  const shelfButtons = world.shelf.map(({ id, title: name }) => {
    const onClick = (): void => {
      const chosen = choices.find((choice) => "shelf" in choice && choice.shelf === id);
      if (chosen === undefined) add({ shelf: id });
      else remove(chosen);
    };
    const button = h(
      "button",
      { type: "button", class: "shelf-photo", "data-shelf": id, "aria-pressed": "false", onClick },
      h("img", { src: shelfUrl(id), alt: "", loading: "lazy" }),
      h("span", { class: "shelf-title" }, spoken(name)),
    );
    return { id, button };
  });

  const draw = (): void => {
    for (const { id, button } of shelfButtons) {
      const index = choices.findIndex((choice) => "shelf" in choice && choice.shelf === id);
      button.setAttribute("aria-pressed", String(index >= 0));
      button.querySelector(".shelf-number")?.remove();
      if (index >= 0) button.append(numbered(index));
    }
    uploads.replaceChildren(
      ...choices.flatMap((choice, index) =>
        "shelf" in choice
          ? []
          : [
              h(
                "button",
                {
                  type: "button",
                  class: "shelf-photo",
                  "aria-pressed": "true",
                  "aria-label": choice.file.name,
                  onClick: () => remove(choice),
                },
                h("img", { src: choice.url, alt: "" }),
                numbered(index),
              ),
            ],
      ),
    );
    if (choices.length < mostPhotos) full.textContent = "";
    if (opened.confirmButton !== null) opened.confirmButton.disabled = choices.length === 0;
  };

  const picker = h("input", {
    type: "file",
    accept: "image/*",
    multiple: most > 1,
    class: "visually-hidden",
    onChange: () => {
      addFiles(picker.files ?? []);
      picker.value = "";
    },
  });
  const opened = openDialog({
    title,
    kind: "photos",
    confirm: t("done"),
    body: [
      h("label", { class: "upload" }, picker, icon("plus"), h("span", {}, t("fromDevice"))),
      uploads,
      world.shelf.length > 0 && h("h3", {}, t("shelf")),
      h("div", { class: "shelf" }, ...shelfButtons.map(({ button }) => button)),
      full,
      caption,
    ],
    onConfirm: () => onChosen({ ...toPhotos(choices), caption: caption.value.trim() }),
  });
  draw();
  addFiles(given);
};
