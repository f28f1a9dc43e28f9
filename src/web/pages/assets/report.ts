/** The slider between before and after, and the button that prints. Without this file the photos stand side by side. */

const compare = document.querySelector(".compare");
const photos = compare?.querySelector<HTMLElement>(".compare-photos");
const slider = compare?.querySelector<HTMLInputElement>("input[type=range]");
const label = slider?.closest("label");

if (compare instanceof HTMLElement && photos && slider && label) {
  const words = compare.dataset["value"] ?? "{percent}";
  const show = (): void => {
    photos.style.setProperty("--seen", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", words.replace("{percent}", slider.value));
  };
  slider.addEventListener("input", show);
  show();
  label.hidden = false;
  compare.classList.add("is-slider");
}

const print = document.querySelector<HTMLButtonElement>("button.print");
if (print !== null) {
  print.addEventListener("click", () => window.print());
  print.hidden = false;
}
