import type { PageMap, PagePerson } from "./page-api.ts";

/** How fast this messenger lets the bot talk, and how long it waits before it delivers again. */
export type Pace = {
  /** Messages a second to all chats together; Infinity for no limit. */
  perSecond: number;
  /** The same where the bot pays Stars for what is above it. */
  paidPerSecond: number;
  /** Messages one private chat takes at once before the rate of one a second begins. */
  chatBurst: number;
  /** Messages a group takes within any 60 seconds. */
  groupPerMinute: number;
  /** Seconds until an update goes to the webhook again after its n-th failure (n counts from 1). */
  redeliverySeconds: (failures: number) => number;
};

/** Telegram's own pace as far as it is known: 30 a second (1000 for Stars), about one a second in a chat, 20 a minute in a group. */
export const telegramPace: Pace = {
  perSecond: 30,
  paidPerSecond: 1000,
  chatBurst: 20,
  groupPerMinute: 20,
  redeliverySeconds: (failures) => (failures <= 1 ? 0 : Math.min(2 ** (failures - 1), 512)),
};

/** Someone who lives in this messenger. `id` is at once the user id and the id of the private chat with the bot. */
export type Person = Omit<PagePerson, "blocked"> & {
  /** Has opened the chat with the bot before the story begins, so that the bot may write first. */
  hasStarted?: boolean;
};

/** A supergroup; the bot is one of its administrators. `id` is negative, `-100…`. */
export type Group = { id: number; title: string; memberIds: number[]; adminIds: number[] };

/** What the bot may do as an administrator of a channel. */
export type ChannelRights = { mayPost: boolean; mayEdit: boolean; mayDelete: boolean };

/** A channel: only its admins post there. `id` is negative, `-100…`; one without a `username` is private. */
export type Channel = {
  id: number;
  title: string;
  username?: string;
  /** The first is its owner. */
  adminIds: number[];
  subscriberIds: number[];
  /** The bot's rights, all of them unless given; null: it is no administrator there, and so not in the channel at all. */
  bot?: ChannelRights | null;
};

/**
 * What the page's own menu offers besides the chats, for whoever runs the messenger: `title` names the menu, `status` says how things
 * stand, `run` does it. All texts per interface language.
 */
export type PageTools = {
  title: Readonly<Record<string, string>>;
  status: () => Readonly<Record<string, string>>;
  tools: readonly { id: string; label: Readonly<Record<string, string>>; run: () => Promise<void> }[];
};

/** What a messenger is made of. */
export type LocalTelegramSettings = {
  /** The bot's token in this messenger, `<bot id>:<secret>`. */
  token: string;
  /** Its own folder: the journal and the uploaded files. Created when missing. */
  dir: string;
  bot: { id: number; username: string; firstName: string };
  people: Person[];
  groups: Group[];
  channels?: Channel[];
  map: PageMap;
  /** Wire time; real by default. */
  now?: () => Date;
  /** What messages are dated by; wire time unless given. For a world whose calendar runs ahead of real time. */
  calendar?: () => Date;
  pageTools?: PageTools;
  /** Replaces parts of Telegram's own pace. */
  pace?: Partial<Pace>;
  /** Host names, besides localhost and bare addresses, under which a browser may use the chat page. */
  hosts?: string[];
};
