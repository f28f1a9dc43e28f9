/** The photos: before and after beside each other, with a slider where scripts run, and every one of them whole. */
import { html } from "hono/html";
import { topicTitle } from "../../notices/report-words.ts";
import { largeOf, thumbnailOf } from "../../report/photo.ts";
import type { Frame, Html } from "./frame.ts";
import { pairOf, type ReportPageView } from "./report-view.ts";

/** The section; nothing where there are no photos. */
export const photoSection = (frame: Frame, view: ReportPageView): Html | "" => {
  const { t } = frame;
  const topic = topicTitle(frame, view.report.topicId);
  const pair = pairOf(view);
  const altOf = (when: "before" | "after", index: number, count: number): string =>
    t(`report-page:photos.${when}_alt`, { topic, index, count });
  const before = view.before.map((storedAs, index) => ({
    ...{ storedAs, label: t("report-page:photos.before") },
    alt: altOf("before", index + 1, view.before.length),
  }));
  const after = view.answers.flatMap(({ photos }) => photos);
  const later = after.map((storedAs, index) => ({
    ...{ storedAs, label: t("report-page:photos.after") },
    alt: altOf("after", index + 1, after.length),
  }));
  const all = [...before, ...later];
  if (all.length === 0) return "";
  const ofPair = pair === null ? [] : all.filter(({ storedAs }) => storedAs === pair.before || storedAs === pair.after);
  const others = all.filter((photo) => !ofPair.includes(photo));
  return html`<section class="photos" aria-labelledby="photos">
    <h2 id="photos">${t(pair === null ? "report-page:photos.before_title" : "report-page:photos.title")}</h2>
    ${
      ofPair.length === 0
        ? ""
        : html`<div class="compare" data-value="${t("report-page:photos.slider_value", { percent: "{percent}" })}">
            <div class="compare-photos">${ofPair.map((photo) => figure(photo, HALF))}</div>
            <label class="compare-slider" hidden
              ><span>${t("report-page:photos.slider")}</span>
              <input type="range" min="0" max="100" value="50" step="1" autocomplete="off" />
            </label>
          </div>`
    }
    ${
      others.length === 0
        ? ""
        : html`<ul class="gallery" ${ofPair.length === 0 ? "" : html`aria-label="${t("report-page:photos.more")}"`}>
            ${others.map((photo) => html`<li>${figure(photo, ofPair.length === 0 && others.length === 1 ? WHOLE : HALF)}</li>`)}
          </ul>`
    }
  </section>`;
};

/** How wide a photo stands on the page: what the browser chooses a file by. */
const HALF = "(min-width: 60rem) 24rem, 50vw";
const WHOLE = "(min-width: 60rem) 48rem, 100vw";

type Shown = { storedAs: string; label: string; alt: string };

/** A photo that opens whole; both files exist, and their widths are the most they can have. */
const figure = ({ storedAs, label, alt }: Shown, sizes: string): Html => {
  const [large, small] = [`/photos/${largeOf(storedAs)}`, `/photos/${thumbnailOf(storedAs)}`];
  return html`<figure class="photo">
    <a href="${large}"
      ><img
        src="${large}"
        srcset="${small} 320w, ${large} 2048w"
        sizes="${sizes}"
        alt="${alt}"
        width="640"
        height="480"
    /></a>
    <figcaption>${label}</figcaption>
  </figure>`;
};
