import { toInstant } from "../../city/instant.ts";
import type { City } from "../../city/schema.ts";

/** A moment in W3C's form by the city's clock, as `2026-01-31T12:00:00+03:00`. */
export const toW3c = ({ timeZone }: Pick<City, "timeZone">, moment: Date): string =>
  toInstant(moment).toZonedDateTimeISO(timeZone).toString({ timeZoneName: "never", smallestUnit: "second" });

/** Null is told as null. */
export const orNull = <Told>(tell: (moment: Date) => Told, moment: Date | null): Told | null =>
  moment === null ? null : tell(moment);
