/** What editors find reports by: on a Postgres without a locale and on the embedded one it has to be the same. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AskedWord } from "../../../src/report/asked-words.ts";
import { findReports } from "../../../src/store/queries/find-reports.ts";
import { wordsOfReport } from "../../../src/store/schema/reports.ts";
import { reports } from "../../../src/store/schema/index.ts";
import { aReport, aResident } from "../../support/people.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

describe.each(STORE_KINDS)("on %s", (kind) => {
  let store: FreshStore;
  let bench: number;
  let tree: number;
  beforeAll(async () => {
    store = await freshStore(kind);
    const authorId = await aResident(store.db, { name: "Анна" });
    const address = "Ярцевская улица, 14";
    bench = (
      await aReport(store.db, authorId, {
        topicId: "bench",
        address,
        description: "Разбитая «СКАМЕЙКА»… Кресло Ёлкина",
      })
    ).id;
    tree = (await aReport(store.db, authorId, { topicId: "tree", address: null, description: "Дерево упало" })).id;
  });
  afterAll(() => store.close());

  const find = async (words: readonly (string | AskedWord)[], page = { page: 0, size: 5 }) => {
    const asked = words.map((word) => (typeof word === "string" ? { word, topicIds: [] } : word));
    const found = await findReports(store.db, asked, page);
    return { ids: found.reports.map(({ id }) => id), isLast: found.isLast };
  };

  test.each([
    [["разбитую", "скамейку"]],
    [["РАЗБИТОЙ", "скамейкой"]],
    // The dots of «ё» are left out as often as not.
    [["елкин"]],
    [["Ярцевской", "14"]],
    // «на» stands everywhere, and asks for nothing.
    [["на", "скамейке"]],
    [["скамейка,"]],
  ])("%j finds the words in any form", async (words) => {
    expect((await find(words)).ids).toEqual([bench]);
  });

  test.each([[["скамейка", "дерево"]], [["жираф"]], [["на"]], [[]]])("%j finds nothing", async (words) => {
    expect((await find(words)).ids).toEqual([]);
  });

  test("a word may stand in the topic's title instead, beside others in the text", async () => {
    const topic = { word: "насаждения", topicIds: ["tree", "no-such-topic"] };
    expect((await find([topic])).ids).toEqual([tree]);
    expect((await find([topic, "засохшее"])).ids).toEqual([]);
    expect((await find([topic, "упало"])).ids).toEqual([tree]);
    expect((await find([topic, "скамейка"])).ids).toEqual([]);
    const both = { word: "дерево", topicIds: ["bench"] };
    expect((await find([both])).ids).toEqual([tree, bench]);
    expect(await find([both], { page: 0, size: 1 })).toEqual({ ids: [tree], isLast: false });
    expect(await find([both], { page: 1, size: 1 })).toEqual({ ids: [bench], isLast: true });
  });

  test("words that mean something to a database are words like others", async () => {
    for (const word of ["a' | 'b", "t:bench", "!", "&", "(", "\\", "%"]) expect((await find([word])).ids).toEqual([]);
  });

  test("the index answers, and not a look at every report", async () => {
    const plan = await store.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      await tx.execute(sql`set local enable_indexscan = off`);
      const query = tx
        .select({ id: reports.id })
        .from(reports)
        .where(sql`${wordsOfReport(reports)} @@ plainto_tsquery('russian', 'скамейка')`);
      return JSON.stringify(await tx.execute(sql`explain ${query}`));
    });
    expect(plan).toContain("reports_words");
  });
});
