/** Whole hours of the city's day in which a person is not rung up; `until` is the hour in which they may be again. */
export type QuietHours = { from: number; until: number };

/** Everybody's, unless they chose others. */
export const NIGHT = { from: 22, until: 8 } as const satisfies QuietHours;

/** What residents choose from, besides none at all. */
export const QUIET_CHOICES: readonly QuietHours[] = [
  { from: 20, until: 8 },
  { from: 21, until: 9 },
  NIGHT,
  { from: 23, until: 7 },
  { from: 23, until: 10 },
  { from: 0, until: 9 },
];
