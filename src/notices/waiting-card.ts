import type { I18n } from "../i18n/i18n.ts";
import type { OutMessage } from "./message.ts";
import { lines, rich } from "./rich.ts";

/** The one «N ждут» card a chat gets instead of a card per report when too many arrive; `count` is all its districts' queue. */
export const renderWaitingCard = ({ i18n, locale }: { i18n: I18n; locale: string }, count: number): OutMessage =>
  count === 0
    ? { text: rich(i18n, locale, "notices:waiting.none"), buttons: [] }
    : {
        text: lines(rich(i18n, locale, "notices:waiting.count", { count }), rich(i18n, locale, "notices:waiting.how")),
        buttons: [[{ label: i18n.t(locale, "notices:waiting.open"), act: { kind: "go", to: "queue" } }]],
      };
