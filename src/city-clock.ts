/** City time of one process: real time, and as much later as it has travelled. */
export type CityClock = {
  now(): Date;
  /** Sets the clock forward; a moment that is past already changes nothing, because city time never goes back. */
  moveTo(moment: Date): void;
};

/** A clock over `base`, which is real time but in tests. */
export const createCityClock = (base: () => Date): CityClock => {
  let aheadMs = 0;
  const now = (): Date => new Date(base().getTime() + aheadMs);
  return {
    now,
    moveTo: (moment) => {
      aheadMs += Math.max(0, moment.getTime() - now().getTime());
    },
  };
};
