import { textIn } from "../../city/text.ts";
import { ensureSystem } from "../../store/writes/relays.ts";
import { startSchedule, type Entry } from "../schedule.ts";
import { workRelays, type RelayDeps } from "./relays.ts";

/** Starts handing reports over to agencies' systems and asking what became of them, every minute. Stopping waits for the call in hand. */
export const startRelayJobs = async (
  settings: Omit<RelayDeps, "wireNow"> & Partial<Pick<RelayDeps, "wireNow">>,
): Promise<{ stop(): Promise<void> }> => {
  const deps: RelayDeps = { wireNow: () => new Date(), ...settings };
  const { city, now, wireNow, log } = deps;
  if (deps.systems.length === 0) return { stop: () => Promise.resolve() };
  await ensureSystems(deps);
  const stopping = new AbortController();
  const entries = {
    relays: { at: "* * * * *", work: () => workRelays(deps, stopping.signal) },
  } satisfies Record<string, Entry>;
  const schedule = startSchedule(entries, { timeZone: city.timeZone, now, wireNow, log });
  log.info({ agencies: deps.systems.map(({ agencyId }) => agencyId) }, "reports are handed over to agencies' systems");
  return {
    stop: async () => {
      stopping.abort();
      await schedule.stop();
    },
  };
};

/** Gives every system the officer in whose name it answers. */
export const ensureSystems = ({ store, city, systems, now }: Pick<RelayDeps, "store" | "city" | "systems" | "now">) =>
  store.db.transaction(async (tx) => {
    const locale = city.locales[0];
    for (const { agencyId } of systems) {
      const agency = city.agencies.find(({ id }) => id === agencyId);
      const name = agency === undefined ? agencyId : textIn(city, agency.shortName, locale);
      await ensureSystem(tx, agencyId, name, locale, now());
    }
  });
