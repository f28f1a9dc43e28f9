/** A city whose lighting has a system of its own: another copy of this program, with faults on the way to it. */
import { eq } from "drizzle-orm";
import { assignReport } from "../../src/actions/assign-report.ts";
import type { AgencySystem, City } from "../../src/city/schema.ts";
import type { Fetched, FetchOptions, FetchRefusal } from "../../src/fetch/safe-fetch.ts";
import { createClient } from "../../src/jobs/open311/client.ts";
import { ensureSystems } from "../../src/jobs/open311/relay-jobs.ts";
import { workRelays, type RelayDeps } from "../../src/jobs/open311/relays.ts";
import { createLog } from "../../src/log.ts";
import { relays, type RelayRow } from "../../src/store/schema/relays.ts";
import { reports, type ReportRow } from "../../src/store/schema/reports.ts";
import { aCast, AGENCY, type Cast } from "./check.ts";
import { aClock } from "./delivery.ts";
import { freshDeps, type FreshDeps } from "./deps.ts";
import { i18n } from "./notices.ts";
import { freshOpen311, type Open311 } from "./open311.ts";
import { aReport, aResident, NOON } from "./people.ts";

type Answer = Fetched | FetchRefusal;
/** What becomes of a call; `pass` lets it through to the other side. */
export type Fault = (pass: () => Promise<Answer>) => Answer | Promise<Answer>;

export const answering = (status: number, body = "", headers: Record<string, string> = {}): Answer => ({
  ok: true,
  status,
  headers,
  bytes: new TextEncoder().encode(body),
});

/** The call arrives, and its answer is lost. */
export const lost: Fault = async (pass) => {
  await pass();
  return { ok: false, why: "timed_out" };
};

export type RelayCity = {
  /** Our side: the city that hands over. */
  ours: FreshDeps;
  cast: Cast;
  adminId: number;
  /** The agency's. */
  theirs: Open311;
  clock: ReturnType<typeof aClock>;
  /** Every call so far, as «POST requests.xml». */
  calls: string[];
  /** The last body that was posted. */
  posted: () => URLSearchParams;
  /** What becomes of the next calls, one each; then all get through. */
  fail: (...faults: Fault[]) => void;
  /** Does what is due, `minutes` of wire time later. */
  work: (minutes?: number) => Promise<void>;
  relay: (reportId: number) => Promise<RelayRow>;
  /** A report that lighting has got this moment. */
  assigned: (differs?: Parameters<typeof aReport>[2]) => Promise<ReportRow>;
  close: () => Promise<void>;
};

/** Two cities on databases of their own, at `NOON` by every clock. */
export const aRelayCity = async (system: Partial<AgencySystem> = {}): Promise<RelayCity> => {
  const clock = aClock(NOON);
  const theirs = await freshOpen311({ now: clock.now });
  const fresh = await freshDeps();
  const open311: AgencySystem = {
    endpoint: "https://light.example/open311/v2",
    format: "xml",
    isInside: false,
    services: {},
    ...system,
  };
  const agencies = fresh.city.agencies.map((agency) => (agency.id === AGENCY ? { ...agency, open311 } : agency));
  const city: City = { ...fresh.city, agencies };
  const ours = { ...fresh, city };
  const calls: string[] = [];
  const bodies: URLSearchParams[] = [];
  const faults: Fault[] = [];
  const fetch = async (url: string, { method = "GET", headers, body }: FetchOptions): Promise<Answer> => {
    const { pathname, search } = new URL(url);
    calls.push(`${method} ${pathname.replace("/open311/v2/", "")}`);
    if (method === "POST") bodies.push(new URLSearchParams(String(body)));
    const pass = async (): Promise<Answer> => {
      const response = await theirs.app.request(pathname + search, {
        method,
        ...(headers !== undefined && { headers: { ...headers } }),
        ...(typeof body === "string" && { body }),
      });
      return answering(response.status, await response.text());
    };
    const fault = faults.shift();
    return fault === undefined ? pass() : fault(pass);
  };
  const client = createClient(open311, theirs.key, fetch);
  const deps: RelayDeps = {
    ...{ store: ours.store, city, i18n, publicUrl: "https://otklik.example" },
    systems: [{ agencyId: AGENCY, client, services: open311.services }],
    now: clock.now,
    wireNow: clock.now,
    // What fails here fails on purpose.
    log: createLog("silent"),
  };
  await ensureSystems(deps);
  const cast = await aCast(ours);
  return {
    ...{ ours, cast, theirs, clock, calls },
    adminId: await aResident(ours.store.db, { name: "Ада", role: "admin" }),
    posted: () => bodies.at(-1) ?? new URLSearchParams(),
    fail: (...next) => void faults.push(...next),
    work: async (minutes = 0) => {
      clock.moveSeconds(minutes * 60);
      await workRelays(deps, new AbortController().signal);
    },
    relay: async (reportId) => {
      const [relay] = await ours.store.db.select().from(relays).where(eq(relays.reportId, reportId));
      if (relay === undefined) throw new Error("The report was not handed over");
      return relay;
    },
    assigned: async (differs = {}) => {
      const { id } = await aReport(ours.store.db, cast.authorId, { answers: { lamps: "one" }, ...differs });
      const assign = { actorId: cast.editorId, reportId: id, version: null, agencyId: AGENCY };
      const done = await assignReport(ours, assign, clock.now());
      if (!done.ok) throw new Error(done.why);
      return done.report;
    },
    close: async () => {
      await ours.store.close();
      await theirs.store.close();
    },
  };
};

/** What the other side has, oldest first. */
export const filedThere = ({ theirs }: RelayCity): Promise<ReportRow[]> =>
  theirs.store.db.select().from(reports).orderBy(reports.id);
