/** Chance that can be had again: the same seed, the same town, the same sixty days. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** True in this share of cases. */
  is(share: number): boolean;
  /** A number between the two. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the named ways, as often as its weight says. */
  choose<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
};

/** Mulberry32. */
export const seeded = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  };
  return {
    next,
    is: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
    pick,
    choose: (weights) => {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return pick(entries)[0];
    },
  };
};
