/** What happens in a long run and when: everybody's plans, and what came of them. */
import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Deps } from "../../../src/actions/deps.ts";
import { reports, type ReportRow } from "../../../src/store/schema/reports.ts";
import type { Chance } from "./chance.ts";
import type { Town } from "./town.ts";

/** Somebody does something, or tries to; the answer is told in the statistics. */
export type Doing = (now: Date) => Promise<{ ok: boolean; why?: string }>;
type Plan = { at: Date; order: number; name: string; doing: Doing };

/** An author wants to hear only what needs them of a report; `until` is null while they do. */
export type Mute = { reportId: number; from: Date; until: Date | null };

export type World = {
  deps: Deps;
  town: Town;
  chance: Chance;
  start: Date;
  now: Date;
  /** Nobody does anything from here on; the clocks run out by themselves. */
  end: Date;
  plans: Set<Plan>;
  /** How much was ever planned: of two plans for one moment the older comes first. */
  planned: number;
  mutes: Mute[];
  /** «accept ok», «reply not_asked» → how often. */
  done: Map<string, number>;
};

const HOUR_MS = 3_600_000;

/** Lets somebody do something so many hours from now; what is planned for after the end is never done. */
export const plan = (world: World, hours: number, name: string, doing: Doing): void => {
  const at = new Date(world.now.getTime() + Math.max(1, Math.round(hours * HOUR_MS)));
  world.planned += 1;
  if (at < world.end) world.plans.add({ at, order: world.planned, name, doing });
};

/** What comes next of all that is planned; null when that is nothing. */
export const nextPlan = (world: World): Plan | null => {
  let first: Plan | null = null;
  for (const one of world.plans) {
    if (first === null || one.at < first.at || (one.at.getTime() === first.at.getTime() && one.order < first.order))
      first = one;
  }
  return first;
};

/** Does what was planned, and notes what came of it. */
export const carryOut = async (world: World, planned: Plan): Promise<void> => {
  world.plans.delete(planned);
  const done = await planned.doing(world.now);
  const what = `${planned.name}: ${done.ok ? "done" : (done.why ?? "refused")}`;
  world.done.set(what, (world.done.get(what) ?? 0) + 1);
};

export const getReport = async ({ deps }: World, id: number): Promise<ReportRow> => {
  const [report] = await deps.store.db.select().from(reports).where(eq(reports.id, id));
  if (report === undefined) throw new Error(`No report ${id}`);
  return report;
};

/** A message as Telegram would number it. */
export const aMessage = (chatId: number) => ({ chatId, messageId: randomInt(1, 2 ** 31), albumId: null });

export const PHOTO = { fileId: "file-after", fileUniqueId: "after", kind: "photo" } as const;
