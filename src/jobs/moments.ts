/** The moment so many seconds later, or earlier. */
export const secondsAfter = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000);

/** The moment so many minutes later, or earlier. */
export const minutesAfter = (moment: Date, minutes: number): Date => secondsAfter(moment, minutes * 60);
