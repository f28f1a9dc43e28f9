import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OUTCOMES, STATUS_NAMES, STATUSES } from "../../../src/report/status.ts";
import { reports, type ReportRow } from "../../../src/store/schema/reports.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

const PHONE = "+79161234567";
const NAME = "Ярополк Невидимов";
const DAY = 24;

let web: FreshWeb;

/** Like chance, and the same every time. */
const rolls = (): ((below: number) => number) => {
  let state = 7;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

const pick = <One>(all: readonly One[], roll: (below: number) => number): One => {
  const one = all[roll(all.length)];
  if (one === undefined) throw new Error("Nothing to pick from");
  return one;
};

beforeAll(async () => {
  web = await freshWeb();
  const authorId = await aResident(web.store.db, { name: NAME });
  const roll = rolls();
  for (let index = 0; index < 240; index += 1) {
    const status = pick(STATUS_NAMES, roll);
    const createdAt = hoursAfter(NOON, -roll(300) * DAY - roll(24));
    const assignedAt = hoursAfter(createdAt, roll(60));
    const isOwed = STATUSES[status].owes !== null;
    const goesBack = status === "needs_info" || status === "merged";
    const returnsTo = goesBack ? pick(["submitted", "assigned"] as const, roll) : null;
    const has = (mark: string): boolean => (STATUSES[status].has as readonly string[]).includes(mark);
    const isAssigned = has("agencyId") || returnsTo === "assigned";
    const original =
      status === "merged"
        ? await aReport(web.store.db, authorId, { status: "withdrawn", dueAt: null, createdAt })
        : null;
    await aReport(web.store.db, authorId, {
      ...{ status, createdAt, returnsTo, mergedIntoId: original?.id ?? null },
      description: `Течёт труба, звоните ${PHONE}, ${NAME}`,
      publicText: "Течёт труба",
      districtId: pick(web.city.districts, roll).id,
      agencyId: isAssigned ? pick(web.city.agencies.slice(0, 4), roll).id : null,
      outcome: status === "closed" ? pick(OUTCOMES, roll) : null,
      dueAt: isOwed ? hoursAfter(createdAt, 240) : null,
      pausedAt: status === "needs_info" && returnsTo === "assigned" ? assignedAt : null,
      assignedAt: isAssigned ? assignedAt : null,
      handlingDueAt: isAssigned ? hoursAfter(assignedAt, roll(40) * DAY) : null,
      answeredAt: has("answeredAt") ? hoursAfter(assignedAt, roll(500)) : null,
      cycle: 1 + roll(2),
      postponements: roll(3),
    });
  }
});
afterAll(() => web.store.close());

const cityDay = (moment: Date): Temporal.PlainDate =>
  Temporal.Instant.from(moment.toISOString()).toZonedDateTimeISO("Europe/Moscow").toPlainDate();

/** What the export tells of a report, as far as figures are made of it. */
type Exported = Record<"status" | "outcome" | "districtId" | "agencyId", string> &
  Record<"assignedAt" | "answeredAt" | "dueAt", Date | null> & { createdAt: Date; postponements: number };

/** The figures of the export, counted by a plain reading of the definitions on the page. */
const recount = (all: readonly Exported[]) => {
  const inWork = all.filter(({ status }) => status === "assigned" || status === "planned");
  const answered = all.filter(({ status }) => ["answered", "published", "disputed", "closed"].includes(status));
  const closed = all.filter(({ status }) => status === "closed");
  const overdue = inWork.filter(({ dueAt }) => dueAt !== null && dueAt.getTime() <= NOON.getTime());
  const inTime = answered.filter(({ answeredAt, dueAt }) => Number(answeredAt) < Number(dueAt));
  const days = answered
    .map(({ assignedAt, answeredAt }) =>
      assignedAt === null || answeredAt === null ? NaN : cityDay(assignedAt).until(cityDay(answeredAt)).days,
    )
    .toSorted((a, b) => a - b);
  const taken = all.filter(({ status }) => status !== "withdrawn" && status !== "merged");
  const half = days.length / 2;
  const middle = Number.isInteger(half) ? ((days[half - 1] ?? 0) + (days[half] ?? 0)) / 2 : days[Math.floor(half)];
  return {
    taken: String(taken.length),
    open: String(taken.length - closed.length),
    overdue: String(overdue.length),
    in_time: String(inTime.length),
    in_time_of: String(answered.length + overdue.length),
    in_time_postponed: String(inTime.filter(({ postponements }) => postponements > 0).length),
    confirmed: String(closed.filter(({ outcome }) => outcome === "confirmed").length),
    unverified: String(closed.filter(({ outcome }) => outcome === "unverified").length),
    confirmed_of: String(closed.length),
    median_days: days.length === 0 ? "" : String(middle),
    median_of: String(days.length),
  };
};

/** The CSV as Excel in English reads it: what stands in each column, by scope and id. */
const readCsv = (text: string, separator = ","): Map<string, Record<string, string>> => {
  const [head = [], ...lines] = text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(separator).map((cell) => cell.replaceAll(/^"|"$/g, "")));
  return new Map(
    lines.map((cells) => {
      const row = Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""]));
      return [`${row["scope"]} ${row["id"]}`, row];
    }),
  );
};

/** Lines of cells as RFC 4180 has them. */
const cellsOf = (csv: string): string[][] =>
  csv
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );

/** The public export of all reports, as anybody downloads it. */
const exported = async (): Promise<Exported[]> => {
  const [head = [], ...lines] = cellsOf((await web.get("/feeds/reports.csv")).text);
  return lines.map((cells) => {
    expect(cells).toHaveLength(head.length);
    const cell = (name: string): string => cells[head.indexOf(name)] ?? "";
    const moment = (name: string): Date | null => (cell(name) === "" ? null : new Date(cell(name)));
    return {
      ...{
        status: cell("status"),
        outcome: cell("outcome"),
        districtId: cell("districtId"),
        agencyId: cell("agencyId"),
      },
      createdAt: new Date(cell("createdAt")),
      ...{ assignedAt: moment("assignedAt"), answeredAt: moment("answeredAt"), dueAt: moment("dueAt") },
      postponements: Number(cell("postponements")),
    };
  });
};

const monthOf = ({ createdAt }: { createdAt: Date }): string => cityDay(createdAt).toPlainYearMonth().toString();

describe("the figures as CSV", () => {
  test("are what anybody counts from the export of all reports, in all and by month, agency and district", async () => {
    const csv = readCsv((await web.get("/stats.csv?period=all&lang=en")).text);
    const all = await exported();
    expect(csv.get("all ")).toMatchObject(recount(all));
    expect(Number(csv.get("all ")?.["taken"])).toBeGreaterThan(50);
    const groups: [string, Map<string, Exported[]>][] = [
      ["month", Map.groupBy(all, monthOf)],
      ["agency", Map.groupBy(all, ({ agencyId }) => agencyId)],
      ["district", Map.groupBy(all, ({ districtId }) => districtId)],
    ];
    for (const [scope, byId] of groups) {
      expect(byId.size).toBeGreaterThan(3);
      for (const [id, some] of byId)
        expect([scope, id, csv.get(`${scope} ${id}`)]).toMatchObject([scope, id, recount(some)]);
    }
  });

  test("count every report that was filed, those that nobody but an editor has seen too", async () => {
    const rows: ReportRow[] = await web.store.db.select().from(reports);
    const csv = readCsv((await web.get("/stats.csv?period=all&lang=en")).text);
    for (const [month, some] of Map.groupBy(rows, monthOf)) {
      const declined = some.filter(({ status }) => ["rejected", "withdrawn", "merged"].includes(status)).length;
      const row = csv.get(`month ${month}`);
      expect(row).toMatchObject({ filed: String(some.length), declined: String(declined) });
      expect(Number(row?.["filed"])).toBe(Number(row?.["taken"]) + Number(row?.["moderation"]) + declined);
    }
  });

  test("of one agency, district and period are those of its own reports", async () => {
    const [agency] = web.city.agencies;
    const [, district] = web.city.districts;
    if (agency === undefined || district === undefined) throw new Error("The demo city is empty");
    const address = `from=2025-12&to=2026-04&agency=${agency.id}&district=${district.id}`;
    const csv = readCsv((await web.get(`/stats.csv?${address}&lang=en`)).text);
    const own = (await exported()).filter(
      (report) =>
        report.agencyId === agency.id &&
        report.districtId === district.id &&
        monthOf(report) >= "2025-12" &&
        monthOf(report) <= "2026-04",
    );
    expect(csv.get("all ")).toMatchObject(recount(own));
  });

  test("open in Excel of either language: a mark of UTF-8, and its own separators", async () => {
    const russian = await web.get("/stats.csv?period=all&lang=ru");
    const english = await web.get("/stats.csv?period=all&lang=en");
    expect(russian.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const bytes = async (lang: string): Promise<string> =>
      Buffer.from(await (await web.app.request(`/stats.csv?lang=${lang}`)).arrayBuffer()).toString("latin1", 0, 9);
    expect(await bytes("ru")).toBe("\u00EF\u00BB\u00BFscope;");
    expect(await bytes("en")).toBe("\u00EF\u00BB\u00BFscope,");
    const medians = (text: string, separator: string) =>
      [...readCsv(text, separator).values()].map((row) => row["median_days"] ?? "");
    const half = medians(english.text, ",").filter((median) => median.includes("."));
    expect(half.length).toBeGreaterThan(0);
    expect(medians(russian.text, ";").filter((median) => median.includes(","))).toHaveLength(half.length);
  });
});

describe("the page", () => {
  test("says each share with its denominator, in either language", async () => {
    const all = recount(await exported());
    const [part, of] = [Number(all.in_time), Number(all.in_time_of)];
    const percent = Math.round((part / of) * 100);
    expect((await web.get("/stats?period=all&lang=en")).text).toContain(`${part} of ${of} that were answered`);
    expect((await web.get("/stats?period=all&lang=en")).text).toContain(`<b>${percent}%</b>`);
    expect((await web.get("/stats?period=all&lang=ru")).text).toContain(`${part} из ${of}`);
  });

  test("sorts its tables by a link, the chosen column turned round by the next press", async () => {
    const namesIn = (text: string): string[] =>
      [...text.matchAll(/<a href="\/a\/[^"]+">([^<]+)<\/a>/g)].map(([, name = ""]) => name);
    const up = await web.get("/stats?period=all&sort=name");
    const down = await web.get("/stats?period=all&sort=-name");
    expect(namesIn(up.text)).toHaveLength(4);
    expect(namesIn(down.text)).toEqual(namesIn(up.text).toReversed());
    expect(up.text).toContain('aria-sort="ascending"');
    expect(up.text).toContain("/stats?period=all&amp;sort=-name#by-agency");
  });

  test("with few cases says the numbers and no percentage", async () => {
    const { text } = await web.get("/stats.csv?period=all&lang=en&from=2026-07&to=2026-07");
    const july = readCsv(text).get("all ");
    const page = await web.get("/stats?period=month&lang=en");
    expect(Number(july?.["confirmed_of"])).toBeLessThan(10);
    expect(page.text).toContain(`<b>${july?.["confirmed"]} of ${july?.["confirmed_of"]}</b>`);
  });

  test("where nobody filed anything says so and shows no plots", async () => {
    const { status, text } = await web.get("/stats?from=2020-01&to=2020-02&lang=en");
    expect(status).toBe(200);
    expect(text).toContain("Nothing to tell yet");
    expect(text).not.toContain("plot.svg?");
  });

  test.each([
    ["period=week", "period"],
    ["from=2026-13", "from"],
    ["from=2026-7", "from"],
    ["to=1999-01", "to"],
    ["from=2026-05&to=2026-04", "from"],
    ["agency=nobody", "agency"],
    ["district=", ""],
    ["district=%27%22%3E", "district"],
    ["sort=agency_id", "sort"],
    ["sort=name&sort=open", "sort"],
    ["lang=fr", "lang"],
  ])("refuses %s by its name, on the page, in the CSV and in the plots", async (query, name) => {
    for (const path of ["/stats?", "/stats.csv?", "/stats/plot.svg?kind=months&", "/stats/plot.png?kind=months&"]) {
      const { status, text } = await web.get(path + query);
      expect([path, status]).toEqual([path, name === "" ? 200 : 400]);
      if (name !== "")
        expect(text).toContain(path === "/stats.csv?" ? `Bad parameters: ${name}` : `<code>${name}</code>`);
    }
  });
});

describe("plots", () => {
  test.each(["months", "shares", "agencies", "districts"])(
    "%s exist as SVG in both themes and as PNG",
    async (kind) => {
      const light = await web.get(`/stats/plot.svg?kind=${kind}&period=all`);
      const dark = await web.get(`/stats/plot.svg?kind=${kind}&period=all&theme=dark&size=phone`);
      expect(light.headers.get("content-type")).toBe("image/svg+xml");
      expect(light.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'");
      expect(dark.text).not.toBe(light.text);
      expect(light.text).toMatch(/^<svg[^>]* width="1120"/);
      const png = await web.app.request(`/stats/plot.png?kind=${kind}&period=all`);
      expect(png.headers.get("content-type")).toBe("image/png");
      expect(Buffer.from(await png.arrayBuffer()).toString("latin1", 1, 4)).toBe("PNG");
    },
  );

  test("of no kind are refused", async () => {
    expect((await web.get("/stats/plot.svg")).status).toBe(400);
    expect((await web.get("/stats/plot.svg?kind=pie")).status).toBe(400);
  });

  test("every picture the page names is there", async () => {
    const { text } = await web.get("/stats?period=all&lang=en");
    const addresses = [...text.matchAll(/(?:src|srcset)="(\/stats\/plot[^"]+)"/g)].map(([, address = ""]) =>
      address.replaceAll("&amp;", "&"),
    );
    expect(addresses).toHaveLength(16);
    for (const address of addresses) expect([address, (await web.get(address)).status]).toEqual([address, 200]);
  });
});

describe("profiles", () => {
  test("tell an agency's figures, its latest reports, and lead to the list, the statistics and the feed", async () => {
    const [agency] = web.city.agencies;
    const { status, text } = await web.get(`/a/${agency?.id}?lang=en`);
    expect(status).toBe(200);
    const csv = readCsv((await web.get(`/stats.csv?period=all&agency=${agency?.id}&lang=en`)).text).get("all ");
    expect(text).toContain(`<b class="late">${csv?.["overdue"]}</b>`);
    expect(text).toContain(`href="/feeds/reports.atom?agency=${agency?.id}&amp;lang=en"`);
    expect(text).toContain(`href="/?agency=${agency?.id}&amp;overdue=yes&amp;lang=en"`);
    expect(text).toContain(`href="/stats?agency=${agency?.id}&amp;lang=en"`);
    expect(text.match(/class="card"/g)).toHaveLength(5);
  });

  test("of a district name it, and what nobody knows is not found", async () => {
    expect((await web.get("/d/kuntsevo?lang=en")).text).toContain("<h1>Kuntsevo</h1>");
    for (const path of ["/a/nobody", "/d/nobody", "/a/", "/d/kuntsevo/x", "/a/%00", "/d/%E2%82"]) {
      expect([path, (await web.get(path)).status]).toEqual([path, 404]);
    }
  });
});

test("nothing of a person stands on any page, picture or table", async () => {
  const paths = [
    "/stats?period=all",
    "/stats.csv?period=all",
    "/stats/plot.svg?kind=months",
    "/d/kuntsevo",
    `/a/${web.city.agencies[0]?.id}`,
  ];
  for (const path of paths) {
    const { text } = await web.get(path);
    expect(text.length).toBeGreaterThan(500);
    for (const secret of [PHONE, NAME, "Невидимов"]) expect([path, text.includes(secret)]).toEqual([path, false]);
  }
});
