import { sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { untypedRows } from "../../../src/store/raw.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { photos } from "../../../src/store/schema/photos.ts";
import { aReport, aResident } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";

test("what a card shows is all of one moment, whatever is written while it is read", async () => {
  const { db, close } = await freshStore("postgres");
  onTestFinished(close);
  const { id } = await aReport(db, await aResident(db, { telegramId: 7 }));
  const reading = await db.transaction(async (tx) => {
    // The report can be read, its photos cannot until this is committed.
    await tx.execute(sql`lock table photos in access exclusive mode`);
    const view = findReportView(db, id);
    await vi.waitFor(async () => {
      const waits = await untypedRows(
        tx,
        sql`select 1 from pg_locks where relation = 'photos'::regclass and not granted`,
      );
      expect(waits).toHaveLength(1);
    });
    await tx
      .insert(photos)
      .values({ reportId: id, position: 0, fileId: "new", fileUniqueId: "new", isDocument: false });
    return { view };
  });
  expect((await reading.view)?.photos).toEqual([]);
  expect((await findReportView(db, id))?.photos).toHaveLength(1);
});
