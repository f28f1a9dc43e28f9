import { Temporal } from "temporal-polyfill";

/** The moment as the `Date` that travels between rooms; milliseconds are kept, anything finer is dropped. */
export const toDate = (moment: Pick<Temporal.Instant, "epochMilliseconds">): Date => new Date(moment.epochMilliseconds);

/** The moment as something one can count with. */
export const toInstant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
