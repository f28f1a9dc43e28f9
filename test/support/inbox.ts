/** What arrives one by one, to be awaited: everything so far is kept, so nothing is missed by asking late. */
export type Inbox<Item> = {
  items: Item[];
  add: (item: Item) => void;
  /** Everything, once there are at least `count`; rejects after fifteen seconds. */
  until: (count: number) => Promise<Item[]>;
};

const patienceMs = 15_000;

/** An empty inbox. */
export const createInbox = <Item>(): Inbox<Item> => {
  const items: Item[] = [];
  const waiting = new Set<() => void>();
  return {
    items,
    add: (item) => {
      items.push(item);
      for (const look of waiting) look();
    },
    until: (count) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`Only ${items.length} of ${count} arrived within ${patienceMs} ms`));
        }, patienceMs);
        const look = (): void => {
          if (items.length < count) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(items);
        };
        waiting.add(look);
        look();
      }),
  };
};
