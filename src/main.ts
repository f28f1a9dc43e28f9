/** The composition root: settings → store → bot, web and jobs for the roles asked; start and stop. The only file that builds things. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { grantAdmins } from "./actions/grant-admins.ts";
import { createStatistics } from "./actions/read-statistics.ts";
import { allCommands, createBot } from "./bot/bot.ts";
import { connect, isConnected } from "./bot/connect.ts";
import { createFetchPhoto } from "./bot/fetch-photo.ts";
import { createHandle } from "./bot/handle-update.ts";
import { setMenus } from "./bot/menus.ts";
import { createPolling } from "./bot/polling.ts";
import { createPaidApi } from "./bot/paid-broadcast.ts";
import { createSend } from "./bot/send.ts";
import { createWebhook, registerWebhook } from "./bot/webhook.ts";
import { castOf, newcomersOf, seatCast } from "./cast.ts";
import { cityWarnings } from "./city/city-warnings.ts";
import { createCityClock } from "./city-clock.ts";
import { loadCity } from "./city/load-city.ts";
import { mapOf } from "./city/map.ts";
import { safeFetch } from "./fetch/safe-fetch.ts";
import { loadI18n } from "./i18n/i18n.ts";
import { createDrawPair } from "./jobs/beside.ts";
import { loadSystems } from "./jobs/open311/load-systems.ts";
import { startRelayJobs } from "./jobs/open311/relay-jobs.ts";
import { startJobs, type Jobs } from "./jobs/jobs.ts";
import { travel } from "./jobs/travel.ts";
import { startPhotoJobs } from "./jobs/photo-jobs.ts";
import { cleanPhoto } from "./jobs/prepare-photo.ts";
import { startWebhookJobs } from "./jobs/webhook-jobs.ts";
import { openLocalTelegram, type LocalTelegram } from "./local-telegram/index.ts";
import { createLog, type Log } from "./log.ts";
import { publicLinks } from "./report/feature.ts";
import { readSettings, settingsHelp, type Settings } from "./settings.ts";
import { openStore, type Store } from "./store/open.ts";
import { openPhotoBucket } from "./store/photo-bucket.ts";
import { openPhotoFiles } from "./store/photo-files.ts";
import { findLastMoment, findNextMoment } from "./store/queries/next-moment.ts";
import { StoreRefusal } from "./store/refusal.ts";
import { timeControl } from "./time-control.ts";
import { createWeb } from "./web/app.ts";
import { listen } from "./web/server.ts";
import { startLinkOf } from "./web/start-link.ts";
import { WEBHOOK_PATH } from "./web/webhook.ts";

/** The program at work. */
export type Running = {
  /** Where its pages are, e.g. `http://127.0.0.1:3000`. */
  url: string;
  store: Store;
  /** The messenger on one's own machine; null when it talks to Telegram. */
  messenger: LocalTelegram | null;
  /**
   * Moves city time forward, stopping at every moment on the way to do and tell what is due there; resolves once all of it is done.
   * Telegram's pace stays real. Throws with a real token, and where this process runs no jobs.
   */
  travelTo(moment: Date): Promise<void>;
  /** Rejects when it can no longer work, e.g. because the token was revoked; never resolves. */
  failed: Promise<never>;
  /** Finishes the update and the delivery in hand and closes everything; twice is harmless. */
  stop(): Promise<void>;
};

/**
 * `now`: city time, real unless given; it may travel. `isHurried`: nobody waits at Telegram's pace, for stories that a program plays.
 * `signal` gives up a start that is under way.
 */
export type StartOptions = { now?: () => Date; isHurried?: boolean; signal?: AbortSignal };

/** Something a person has to put right before the program can start; the message says what and how. */
export class StartRefusal extends Error {}

const LOCALES_DIR = join(import.meta.dirname, "../locales");
const LOCAL_BOT = { id: 7000000001, username: "otklik_bot", firstName: "Отклик" };
const STOP_SECONDS = 10;
const CHAT_PATH = "/chat";
const PAGE_CACHE_MS = 60_000;
/** A page and its photos are some thirty requests; nobody reads ten pages a second. */
const PAGE_RATE = { burst: 300, perSecond: 20 };

/**
 * Starts what the settings ask for and resolves when it works.
 * Throws `StartRefusal` or `StoreRefusal` when an operator has to act first, and the signal's reason when it is aborted;
 * what was started until then is stopped again.
 */
export const start = async (
  settings: Settings,
  log: Log,
  { now: base = () => new Date(), isHurried = false, signal }: StartOptions = {},
): Promise<Running> => {
  const loaded = await loadCity(settings.cityDir);
  if (!loaded.ok) {
    const faults = loaded.faults.map((fault) => `  ${fault.file} ${fault.path}: ${fault.message}`);
    throw new StartRefusal(`The city in ${settings.cityDir} has faults:\n${faults.join("\n")}`);
  }
  const { city } = loaded;
  const clock = createCityClock(base);
  const { now } = clock;
  for (const warning of cityWarnings(city, now())) log.warn(warning, "the city's calendar needs an admin");
  const i18n = await loadI18n(LOCALES_DIR, city.locales[0]);
  const { telegram, roles } = settings;
  const systems = roles.has("jobs") ? await loadSystems(city, safeFetch) : { ok: true as const, systems: [] };
  if (!systems.ok) {
    const faults = systems.faults.map(({ agencyId, file, message }) => `  ${agencyId}, keyFile ${file}: ${message}`);
    throw new StartRefusal(`The keys of agencies' systems have faults:\n${faults.join("\n")}`);
  }

  // What is begun last ends first: updates, then deliveries, then the doors they go through, then the database.
  await using begun = new AsyncDisposableStack();
  const store = await openStore(settings.database, log, { jobs: roles.has("jobs") });
  begun.defer(() => store.close());
  // Where time has travelled, a restart does not take it back behind what has happened.
  if (telegram.mode === "local") clock.moveTo((await findLastMoment(store.db)) ?? now());
  const { photoBucket, dataDir } = settings;
  const files = photoBucket === null ? openPhotoFiles(join(dataDir, "photos")) : openPhotoBucket(photoBucket);

  const server = await listen(settings).catch(refuseAddress);
  begun.defer(() => server.close());
  let jobs: Jobs | null = null;
  const nextMoment = (): Promise<Date | null> => findNextMoment(store.db, now());
  const travelTo = async (moment: Date): Promise<void> => {
    if (telegram.mode !== "local") throw new Error("On Telegram the city's time is the real one");
    if (jobs === null) throw new Error("Only a process that runs jobs can travel in time");
    await travel({ db: store.db, clock, jobs, log }, moment);
  };
  const cast = telegram.mode === "local" ? castOf(city) : null;
  const token = telegram.mode === "local" ? `${LOCAL_BOT.id}:${randomBytes(24).toString("base64url")}` : telegram.token;
  const messenger =
    cast === null
      ? null
      : await openLocalTelegram({
          token,
          dir: join(settings.dataDir, "local-telegram"),
          bot: LOCAL_BOT,
          people: cast.members,
          groups: cast.groups,
          channels: cast.channels,
          map: mapOf(city, city.locales[0]),
          calendar: now,
          ...(isHurried && { pace: { perSecond: Infinity, chatBurst: Infinity, groupPerMinute: Infinity } }),
          ...(roles.has("jobs") && { pageTools: timeControl(city, { now, nextMoment, travelTo }) }),
        });
  // Ends the chat page's streams, which would keep the server open.
  begun.defer(async () => messenger?.close());

  const api = { token, apiRoot: telegram.mode === "local" ? server.url : telegram.apiRoot };
  const pictureTools = { drawPair: createDrawPair(files), cleanPhoto, readPhoto: (name: string) => files.read(name) };
  // Whoever tries it out on their own machine sees at once what has changed.
  const statistics = createStatistics({ db: store.db, city, now, log, ...(messenger !== null && { leastMs: 0 }) });
  const bot = createBot({ store, city, i18n, log, now, statistics, ...pictureTools }, api);
  const handle = createHandle({ bot, store, i18n, log });
  const chatPath = messenger === null ? null : CHAT_PATH;
  server.serve(
    createWeb({
      ready: async () => {
        const { database, migrations } = await store.ready();
        return {
          database: database ? "ok" : "does not answer",
          migrations: migrations ? "ok" : "not applied",
          messenger: (await isConnected(bot)) ? "ok" : "does not answer",
        };
      },
      webhook: telegram.mode === "webhook" ? { secret: telegram.secret, handle: createWebhook(handle) } : null,
      localTelegram: messenger?.app ?? null,
      pages: roles.has("web")
        ? {
            ...{ store, db: store.db, city, i18n, now, files, statistics, log },
            startLink: startLinkOf({ chatPath, username: () => (bot.isInited() ? bot.botInfo.username : null) }),
            baseUrl: (c) => settings.publicUrl ?? new URL(c.req.url).origin,
            chatPath,
            // Whoever tries it out on their own machine sees at once what has changed.
            cacheMs: messenger === null ? PAGE_CACHE_MS : 0,
            rate: PAGE_RATE,
          }
        : null,
      log,
    }),
  );
  if (!(await connect(bot, signal))) {
    throw new StartRefusal("Telegram does not know this bot. Copy BOT_TOKEN again from @BotFather.");
  }

  const deps = { store, city, log };
  const newcomers = cast === null ? [] : await newcomersOf(deps, cast);
  await grantAdmins(deps, [...settings.adminIds, ...(cast?.adminIds ?? [])], now());
  if (cast !== null) await seatCast(deps, cast, newcomers, now());
  if (roles.has("jobs")) {
    jobs = await startJobs({
      store,
      city,
      i18n,
      send: createSend(city.limits.paidBroadcast ? createPaidApi(bot.api) : bot.api, pictureTools),
      publicUrl: settings.publicUrl,
      now,
      log,
      isHurried,
    });
    begun.defer(() => jobs?.stop());
    const fetchPhoto = createFetchPhoto(bot.api, api);
    const photoJobs = await startPhotoJobs({ store, files, fetchPhoto, city, now, log });
    begun.defer(() => photoJobs.stop());
    const writing = { city, i18n, publicUrl: settings.publicUrl };
    const relayJobs = await startRelayJobs({ ...writing, store, systems: systems.systems, now, log });
    begun.defer(() => relayJobs.stop());
    const links = publicLinks(settings.publicUrl ?? server.url);
    const webhookJobs = await startWebhookJobs({ store, city, links, now, log });
    begun.defer(() => webhookJobs.stop());
  }
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Whoever runs the program decides whether to listen.
  failed.catch(() => undefined);
  if (roles.has("bot")) {
    const settingMenus = new AbortController();
    const menus = setMenus(bot.api, { store, i18n, log }, allCommands, settingMenus.signal);
    begun.defer(async () => {
      settingMenus.abort();
      await menus;
    });
    if (telegram.mode === "webhook") {
      await registerWebhook(bot, { url: telegram.publicUrl + WEBHOOK_PATH, secret: telegram.secret });
    } else {
      const ending = new AbortController();
      const polling = createPolling({ bot, handle, log }).run(ending.signal).catch(fail);
      begun.defer(async () => {
        ending.abort();
        await polling;
      });
    }
  }

  const running = begun.move();
  let stopping: Promise<void> | null = null;
  return { url: server.url, store, messenger, travelTo, failed, stop: () => (stopping ??= running.disposeAsync()) };
};

const refuseAddress = (error: unknown): never => {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EADDRINUSE") throw new StartRefusal("The port is taken. Stop what listens there, or set PORT.");
  if (code === "EACCES") throw new StartRefusal("This port needs more rights. Set PORT to one above 1023.");
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") throw new StartRefusal("HOST is no address of this machine.");
  throw error;
};

/** One run from the command line; resolves to the exit code. */
const run = async (args: readonly string[]): Promise<number> => {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(settingsHelp());
    return 0;
  }
  if (args.length > 0) return refuse(`Unknown argument ${args.join(" ")}: everything is set by settings.`);
  const read = readSettings();
  if (!read.ok) return refuse(read.message);
  const { settings } = read;
  const log = createLog(settings.logLevel, { human: process.stdout.isTTY });
  for (const warning of read.warnings) log.warn(warning);

  const ending = new AbortController();
  const asked = new Promise<void>((resolve) => {
    const onSignal = (): void => {
      if (ending.signal.aborted) process.exit(1);
      ending.abort();
      resolve();
      setTimeout(() => {
        log.error("could not stop in time");
        process.exit(1);
      }, STOP_SECONDS * 1000).unref();
    };
    process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  });
  let running: Running;
  try {
    running = await start(settings, log, { signal: ending.signal });
  } catch (error) {
    if (ending.signal.aborted) return 0;
    if (error instanceof StartRefusal || error instanceof StoreRefusal) return refuse(error.message);
    log.error({ err: error }, "could not start");
    return 1;
  }
  log.info({ url: running.url, roles: [...settings.roles] }, "started");
  if (running.messenger !== null) process.stdout.write(`\n  Otklik is running. Open ${running.url}${CHAT_PATH}\n\n`);
  const failure = await Promise.race([asked, running.failed.catch((error: unknown) => ({ error }))]);
  if (failure !== undefined) log.error({ err: failure.error }, "could not go on");
  await running.stop();
  log.info("stopped");
  return failure === undefined ? 0 : 1;
};

const refuse = (message: string): number => {
  process.stderr.write(`${message}\n`);
  return 1;
};

if (import.meta.main) process.exit(await run(process.argv.slice(2)));
