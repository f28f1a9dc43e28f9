import { eq } from "drizzle-orm";
import type { Deps } from "../../src/actions/deps.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { reports, type ReportRow } from "../../src/store/schema/reports.ts";
import { demoCity } from "./city.ts";
import { freshStore, quietLog, type FreshStore } from "./store.ts";

/** What the actions need, in the demo city, on a Postgres store of a test's own. */
export type FreshDeps = Deps & { store: FreshStore };
export const freshDeps = async (): Promise<FreshDeps> => {
  const [store, city] = await Promise.all([freshStore("postgres"), demoCity()]);
  return { store, city, log: quietLog };
};

/** The same database, opened by another process. */
export const openElsewhere = async ({ store, city, log }: FreshDeps): Promise<Deps & { store: Store }> => ({
  ...{ city, log },
  store: await openStore(store.database, quietLog, { jobs: false }),
});

/** A report as it stands now. */
export const storedReport = async ({ store: { db } }: Pick<Deps, "store">, id: number): Promise<ReportRow> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, id));
  if (report === undefined) throw new Error("The report is gone");
  return report;
};
