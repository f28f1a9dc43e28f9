import { boxAround, metersBetween } from "../city/geometry.ts";
import { cityDate, startOfDay } from "../city/city-time.ts";
import type { Tx } from "../store/open.ts";
import { getPublishedKind } from "../store/queries/tally.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addChecks, claimVolunteers, countChecks, listNeighbours } from "../store/writes/volunteers.ts";
import type { Deps } from "./deps.ts";
import type { Fact } from "./record.ts";

/** PRODUCT.md, "Voters": so many a report and cycle, so near, and so often a volunteer and day. */
const MOST_INVITED = 5;
const NEAR_METERS = 1000;
const MOST_A_DAY = 2;

/** Whoever is asked has so long to go and look. */
const TIME_TO_LOOK_HOURS = 48;

/** Enough to find five among whom some were asked twice today. */
const LOOKED_AT = 50;

/**
 * Asks the nearest volunteers to look at a published answer, until five were asked: on publication, and on the next two mornings, because who
 * was asked twice on one day is free again on another. Pass the report as it stands, claimed. They learn place, topic and the answer's photos;
 * who else votes they never do. What is returned has to be recorded, null is nobody: first the volunteers are claimed, then chats are woken,
 * by everybody in this order.
 */
export const inviteVolunteers = async (
  tx: Tx,
  { city }: Pick<Deps, "city">,
  report: ReportRow,
  now: Date,
): Promise<Fact<"checks_invited"> | null> => {
  const { lat, lon, cycle, dueAt } = report;
  if (lat === null || lon === null || dueAt === null) return null;
  if (now.getTime() > dueAt.getTime() - TIME_TO_LOOK_HOURS * 3_600_000) return null;
  // Nobody can see on the spot that something cannot be fixed.
  if ((await getPublishedKind(tx, report)) === "cannot_fix") return null;
  const room = MOST_INVITED - (await countChecks(tx, report));
  if (room <= 0) return null;
  const place = { lat, lon };
  const around = await listNeighbours(tx, boxAround(place, NEAR_METERS), report, LOOKED_AT, now);
  const near = around
    .map((neighbour) => ({ residentId: neighbour.residentId, meters: metersBetween(place, neighbour) }))
    .filter(({ meters }) => meters <= NEAR_METERS)
    .toSorted((a, b) => a.meters - b.meters)
    .map(({ residentId }) => residentId);
  const today = startOfDay(city, cityDate(city, now));
  const invitedToday = await claimVolunteers(tx, near, today);
  const invited = near.filter((id) => (invitedToday.get(id) ?? MOST_A_DAY) < MOST_A_DAY).slice(0, room);
  if (invited.length === 0) return null;
  await addChecks(tx, { reportId: report.id, cycle }, invited, now);
  const data = { cycle, count: invited.length };
  return { report, actorId: null, actorRole: "clock", kind: "checks_invited", data };
};
