/** What leads others to the page: a picture for messengers, and a sheet with a QR code for the entrance of a house. */
import { html } from "hono/html";
import QRCode from "qrcode";
import { cityDate } from "../../city/city-time.ts";
import { textIn } from "../../city/text.ts";
import { dayInWords } from "../../notices/dates.ts";
import { agencyName, topicTitle } from "../../notices/report-words.ts";
import { lastDayOf } from "../../report/due.ts";
import { largeOf } from "../../report/photo.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { Frame, Html } from "./frame.ts";
import { addressOf } from "./report-place.ts";
import { pairOf, type ReportPageView } from "./report-view.ts";
import { standingInWords } from "./report-status.ts";

/** The address that is printed and shared: in the language of whoever shares it. */
const pageUrl = (frame: Frame, { id }: PublicReport): string => frame.url(`/r/${id}`);

/** The section on the screen. */
export const shareSection = (frame: Frame, { report }: ReportPageView): Html => {
  const { t, href } = frame;
  return html`<section class="share" aria-labelledby="share">
    <h2 id="share">${t("report-page:share.title")}</h2>
    <div class="share-inner">
      ${qrCode(pageUrl(frame, report), t("report-page:share.qr", { url: pageUrl(frame, report) }))}
      <div>
        <p>${t("report-page:share.why")}</p>
        <p class="links">
          <button class="button is-quiet print" type="button" hidden>${t("report-page:share.print")}</button>
          <a href="${href(`/r/${report.id}/share.png`)}">${t("report-page:share.picture")}</a>
        </p>
      </div>
    </div>
  </section>`;
};

/** What is printed, and seen nowhere else: one sheet that is read from two metres away. */
export const printedSheet = (frame: Frame, view: ReportPageView): Html => {
  const { t, city, locale } = frame;
  const { report } = view;
  const { before, after } = pairOf(view) ?? { before: view.before[0], after: undefined };
  const photos = [
    { storedAs: before, label: t("report-page:photos.before") },
    { storedAs: after, label: t("report-page:photos.after") },
  ].flatMap(({ storedAs, label }) => (storedAs === undefined ? [] : [{ storedAs, label }]));
  const url = pageUrl(frame, report);
  const sent = dayInWords(frame, cityDate(city, report.createdAt));
  return html`<section class="sheet">
    <p class="sheet-brand">${t("pages:brand")} · ${textIn(city, city.name, locale)}</p>
    <p class="sheet-number">
      ${t("report-page:number", { number: String(report.id) })} · ${standingInWords(frame, report)}
    </p>
    <p class="sheet-topic">${topicTitle(frame, report.topicId)}</p>
    <p class="sheet-place">${addressOf(frame, report)}</p>
    <dl>
      <div>
        <dt>${t("report-page:dates.created")}</dt>
        <dd>${sent}</dd>
      </div>
      ${
        report.agencyId === null
          ? ""
          : html`<div>
              <dt>${t("report-page:agency")}</dt>
              <dd>${agencyName(frame, report.agencyId)}</dd>
            </div>`
      }
      ${
        report.dueAt === null || view.turn.pausedAt !== null
          ? ""
          : html`<div>
              <dt>${t("report-page:dates.due")}</dt>
              <dd>${t("report-page:dates.until", { date: dayInWords(frame, lastDayOf(city, report.dueAt)) })}</dd>
            </div>`
      }
    </dl>
    <div class="sheet-photos">
      ${photos.map(
        ({ storedAs, label }) =>
          html`<figure>
            <img src="/photos/${largeOf(storedAs)}" alt="" width="640" height="480" loading="lazy" />
            <figcaption>${label}</figcaption>
          </figure>`,
      )}
    </div>
    <div class="sheet-link">
      ${qrCode(url, "")}
      <p>${t("report-page:share.scan")}<br /><b>${url.replace(/^https?:\/\//, "")}</b></p>
    </div>
  </section>`;
};

/** Dark squares on white with the quiet edge that cameras need, whatever the theme. */
const qrCode = (url: string, title: string): Html => {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: "M" });
  const { size } = modules;
  const edge = 4;
  const whole = size + 2 * edge;
  const isDark = (x: number, y: number): boolean => x >= 0 && x < size && modules.get(y, x) === 1;
  const rows = Array.from({ length: size }, (_, y) => y);
  // One stroke for every run of dark squares in a row.
  const path = rows.flatMap((y) =>
    rows
      .filter((x) => isDark(x, y) && !isDark(x - 1, y))
      .map((x) => {
        let length = 1;
        while (isDark(x + length, y)) length += 1;
        return `M${x + edge} ${y + edge}h${length}v1h-${length}z`;
      }),
  );
  const name = title === "" ? html`aria-hidden="true"` : html`role="img" aria-label="${title}"`;
  return html`<svg class="qr" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges" ${name}>
    <rect width="${whole}" height="${whole}" fill="#fff" />
    <path d="${path.join("")}" fill="#000" />
  </svg>`;
};
