/** How a choice that was taken is remembered, so that its second tap is recognised. */
export const pressMark = ({ turn, press }: { turn: number; press: string }): string => `${turn}:${press}`;
