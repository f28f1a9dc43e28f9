/** What all pages share: head, header, footer, and the way from the keyboard past them. */
import { html } from "hono/html";
import { textIn } from "../../city/text.ts";
import type { Frame, Html } from "./frame.ts";

/** What is different on every page. */
export type PageParts = {
  title: string;
  /** One sentence for search engines and previews. */
  description: string;
  body: Html;
  /** More for the head: further styles and scripts. */
  head?: Html;
  /** The picture of a preview, absolute, with its sides in pixels. */
  image?: { url: string; width: number; height: number; alt: string };
  /** Search engines are to leave it alone. */
  isUnlisted?: boolean;
};

const NAVIGATION = [
  { path: "/", key: "pages:nav.reports" },
  { path: "/stats", key: "pages:nav.stats" },
  { path: "/about", key: "pages:nav.about" },
] as const;

/** A whole page. Its body begins with its own `<h1>` and stands in `<main>`. */
export const renderPage = (frame: Frame, { title, description, body, head, image, isUnlisted }: PageParts): Html => {
  const { t, href, asset, locale, city } = frame;
  const brand = t("pages:brand");
  const cityName = textIn(city, city.name, locale);
  const fullTitle = title === "" ? `${brand} · ${cityName}` : `${title} · ${brand}`;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>${fullTitle}</title>
        <meta name="description" content="${description}" />
        <meta property="og:title" content="${title === "" ? fullTitle : title}" />
        <meta property="og:description" content="${description}" />
        <meta property="og:site_name" content="${brand}" />
        <meta property="og:type" content="website" />
        <meta property="og:locale" content="${locale}" />
        ${image === undefined ? html`<meta name="twitter:card" content="summary" />` : previewOf(image)}
        ${isUnlisted ? html`<meta name="robots" content="noindex" />` : ""}
        ${frame.locales.map((other) => html`<link rel="alternate" hreflang="${other}" href="${frame.inLocale(other)}" />`)}
        <link rel="icon" href="${asset("icon.svg")}" type="image/svg+xml" />
        <link rel="stylesheet" href="${asset("page.css")}" />
        <script src="${asset("theme.ts")}"></script>
        ${head ?? ""}
      </head>
      <body>
        <a class="skip" href="#main">${t("pages:skip")}</a>
        <header class="top">
          <div class="top-inner">
            <a class="brand" href="${href("/")}"
              ><img src="${asset("icon.svg")}" alt="" width="32" height="32" /><span
                ><b>${brand}</b><small>${cityName}</small></span
              ></a
            >
            <nav class="nav" aria-label="${t("pages:nav.label")}">
              ${NAVIGATION.map(({ path, key }) => html`<a href="${href(path)}" ${frame.path === path ? html` aria-current="page"` : ""}>${t(key)}</a>`)}
            </nav>
            <div class="tools">
              <nav class="languages" aria-label="${t("pages:language.label")}">
                ${frame.locales
                  .filter((other) => other !== locale)
                  .map(
                    (other) =>
                      html`<a
                        class="tool"
                        href="${frame.inLocale(other)}"
                        hreflang="${other}"
                        lang="${other}"
                        rel="alternate"
                        >${frame.i18n.t(other, "pages:language.own")}</a
                      >`,
                  )}
              </nav>
              <button
                class="tool theme-switch"
                type="button"
                hidden
                data-to-dark="${t("pages:theme.toDark")}"
                data-to-light="${t("pages:theme.toLight")}"
              >
                <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
                  <circle cx="12" cy="12" r="8.5" />
                  <path d="M12 3.500a8.500 8.500 0 0 1 0 17z" />
                </svg>
              </button>
              <a class="button" href="${frame.chatPath ?? frame.startLink("")}"
                >${t(frame.chatPath === null ? "pages:report.telegram" : "pages:report.chat")}</a
              >
            </div>
          </div>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        <footer class="bottom">
          <div class="bottom-inner">
            <p>${t("pages:footer.promise")}</p>
            <nav aria-label="${t("pages:footer.label")}">
              <a href="${href("/about")}">${t("pages:nav.about")}</a>
              <a href="${href("/privacy")}">${t("pages:footer.privacy")}</a>
            </nav>
          </div>
        </footer>
      </body>
    </html>`;
};

const previewOf = ({ url, width, height, alt }: NonNullable<PageParts["image"]>): Html =>
  html`<meta property="og:image" content="${url}" />
    <meta property="og:image:width" content="${width}" />
    <meta property="og:image:height" content="${height}" />
    <meta property="og:image:alt" content="${alt}" />
    <meta name="twitter:card" content="summary_large_image" />`;
