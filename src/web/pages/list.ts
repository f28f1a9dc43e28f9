import { Hono } from "hono";
import { html } from "hono/html";
import { listPublicReports } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, renderPage } from "./layout.ts";
import { reportCard } from "./parts.ts";

/** `/`: the public reports. */
export const listPage = (deps: WebDeps): Hono =>
  new Hono().get("/", async (c) => {
    const frame = frameOf(c, deps);
    const reports = await listPublicReports(deps.db, deps.city, {}, { after: null, limit: 20 });
    const title = frame.t("pages:list.title");
    const list = html`<ol class="cards">
      ${reports.map((report) => html`<li>${reportCard(frame, report)}</li>`)}
    </ol>`;
    const body = html`<h1>${title}</h1>
      ${reports.length === 0 ? html`<p>${frame.t("pages:list.empty")}</p>` : list}`;
    return c.html(renderPage(frame, { title: "", description: frame.t("pages:list.description"), body }));
  });
