/**
 * How many requests the public pages and the API take with a million reports, as shares of what a bare Hono route takes on the same
 * machine; 50 connections. `npm run bench -- web [reports] [seconds]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import autocannon from "autocannon";
import { sql } from "drizzle-orm";
import { loadCity } from "../src/city/load-city.ts";
import type { Store } from "../src/store/open.ts";
import { aReport, NOON } from "../test/support/people.ts";
import { copyReport, startStage } from "./support.ts";

const CONNECTIONS = 50;
/** How many different addresses are asked where not everybody asks the same. */
const SPREAD = 20_000;

type Paths = (i: number) => string;
type Figures = { perSecond: number; p99: number };

/** `paths` gives the path of the i-th request. Every request comes from an address of its own: the limit is not what is measured. */
const load = async (url: string, paths: Paths, seconds: number): Promise<Figures> => {
  let asked = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          asked += 1;
          const hop = [10, asked >> 16, asked >> 8, asked].map((part) => part & 255).join(".");
          return { ...request, path: paths(asked), headers: { ...request.headers, "x-forwarded-for": hop } };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers of ${paths(1)} were no pages, ${result.errors} failed`);
  }
  return { perSecond: result.requests.average, p99: result.latency.p99 };
};

/** Reports of all topics, districts and streets, a twelfth of them open, as a large city has them after some months. */
const fill = async (store: Store, size: number): Promise<void> => {
  const loaded = await loadCity(join(import.meta.dirname, "../cities/kuntsevo"));
  if (!loaded.ok) throw new Error("The demo city has faults");
  const { topics, districts, agencies } = loaded.city;
  const { id } = await aReport(store.db, 1, { status: "closed", outcome: "confirmed", dueAt: null });
  const oneOf = (ids: readonly string[], by: number) =>
    sql`(array[${sql.join(
      ids.map((name) => sql`${name}`),
      sql`, `,
    )}]::text[])[1 + (n / ${by}::int) % ${ids.length}::int]`;
  const isOpen = sql`n % 12 = 0`;
  await copyReport(
    store,
    id,
    size,
    sql`'status', case when ${isOpen} then 'assigned' else 'closed' end,
        'outcome', case when ${isOpen} then null when n % 3 = 0 then 'unverified' else 'confirmed' end,
        'due_at', case when ${isOpen} then now() + interval '5 days' end,
        'topic_id', ${oneOf([...topics.keys()], 1)},
        'district_id', ${oneOf(
          districts.map((district) => district.id),
          7,
        )},
        'agency_id', ${oneOf(
          agencies.map((agency) => agency.id),
          3,
        )},
        'lat', 55.70 + (n % 1000) * 0.00006, 'lon', 37.36 + (n / 1000 % 1000) * 0.0001,
        'created_at', ${NOON.toISOString()}::timestamptz - (${size}::int - n) * interval '10 seconds',
        'updated_at', ${NOON.toISOString()}::timestamptz - (${size}::int - n) * interval '8 seconds'`,
  );
};

const startBare = async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "bare.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: line.toString().trim(),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, "close");
    },
  };
};

/** Runs it and prints the figures. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const [size = 1_000_000, seconds = 10] = args.map(Number);
  await using stage = await startStage({ chats: 1, reports: 0 });
  await fill(stage.store, size);
  await using bare = await startBare();
  const server = await stage.startWorker("web");
  await using running = new AsyncDisposableStack();
  running.defer(() => server.stop("SIGTERM"));
  const someNumber = (i: number): number => 1 + ((i * 7919) % Math.min(size, SPREAD));
  const cases: [string, string, Paths][] = [
    ["bare route", bare.url, () => "/"],
    ["a report's page", server.url, () => `/r/${size}`],
    ["the list", server.url, () => "/"],
    ["Open311 list", server.url, () => "/open311/v2/requests.json"],
    ["everybody another report", server.url, (i) => `/r/${someNumber(i)}`],
    ["everybody another page of the list", server.url, (i) => `/?after=${someNumber(i) + 1}`],
  ];
  let most = Number.NaN;
  for (const [name, url, paths] of cases) {
    await load(url, paths, 2);
    const { perSecond, p99 } = await load(url, paths, seconds);
    if (Number.isNaN(most)) most = perSecond;
    process.stdout.write(
      `${name}: ${perSecond.toFixed(0)} a second, ${(perSecond / most).toFixed(2)} of the bare route, p99 ${p99} ms\n`,
    );
  }
};
