import axe from "axe-core";
import type { Page } from "playwright-core";

type Found = { violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[] };

/** What axe finds wrong with the page as it is shown now, by WCAG 2.2 A and AA and axe's own best practices; a line each. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  // Evaluated by the browser's own tools, which no policy of the page forbids.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Found>("axe.run(document, { resultTypes: ['violations'] })");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${JSON.stringify(target)}) ${failureSummary ?? ""}`),
  );
};
