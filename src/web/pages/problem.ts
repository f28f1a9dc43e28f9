import type { Context } from "hono";
import { html } from "hono/html";
import type { WebDeps } from "../deps.ts";
import { frameOf } from "./frame.ts";
import { renderPage } from "./layout.ts";

/** What is said instead of a page. */
export type ProblemStatus = 400 | 404 | 429 | 500;

/** A page that says what went wrong and where to go from here; `names` are the parameters that cannot be read. */
export const problemPage = (
  c: Context,
  deps: WebDeps,
  status: ProblemStatus,
  names: readonly string[] = [],
): Response | Promise<Response> => {
  const frame = frameOf(c, deps);
  const { t, href } = frame;
  const title = t(`pages:problem.${status}.title`);
  const body = html`<article class="prose problem">
    <p class="problem-number" aria-hidden="true">${status}</p>
    <h1>${title}</h1>
    <p>${t(`pages:problem.${status}.text`)}</p>
    ${
      names.length === 0
        ? ""
        : html`<ul>
            ${names.map((name) => html`<li><code>${name}</code></li>`)}
          </ul>`
    }
    <p><a class="button" href="${href("/")}">${t("pages:problem.home")}</a></p>
  </article>`;
  return c.html(renderPage(frame, { title, description: title, body, isUnlisted: true }), status);
};
