/**
 * What staff hear that is no fact of a report: of their own roles, of cards they can do nothing with any more, of notices nobody gets
 * and chats nobody hears in.
 */
import { z } from "zod";
import { STAFF_ROLES, type StaffRole } from "../report/status.ts";
import type { Reading } from "./dates.ts";
import { failureInWords } from "./failure.ts";
import type { OutMessage } from "./message.ts";
import { agencyName, districtName } from "./report-words.ts";
import { lines, paragraphs, rich } from "./rich.ts";
import { relayRefused, systemClosed, systemFailing, type SystemNews } from "./system-news.ts";

const Removed = z.object({ role: z.enum(STAFF_ROLES), agencyId: z.string().nullable(), isLast: z.boolean() });
const Changed = z.object({ from: z.string(), to: z.string() });
const Closed = z.object({ number: z.int() });
const Webhook = z.object({ webhookId: z.int(), host: z.string(), failure: z.string() });
const Unreachable = z.object({
  purpose: z.enum(["editors", "agency", "channel"]),
  agencyId: z.string().nullable(),
  districtIds: z.array(z.string()),
  failure: z.string(),
});
const Undeliverable = z.object({ kind: z.string(), failure: z.string(), number: z.int().nullable() });

/** What each of them keeps; `isLast`: no other role is left to the person. */
export type StaffNews = SystemNews & {
  role_removed: { role: StaffRole; agencyId: string | null; isLast: boolean };
  agency_changed: { from: string; to: string };
  /** Rewrites a card; the others are said anew. */
  card_closed: { number: number };
  /** A notice of this kind will never be taken as it is; `number` is its report's. */
  undeliverable: { kind: string; failure: string; number: number | null };
  /** In this bound group or channel the bot may not write; what it is bound to tells which it is. */
  chat_unreachable: z.infer<typeof Unreachable>;
  /** A partner takes nothing, and is tried no more; or it does not take one change, and is told the next ones. */
  webhook_paused: { webhookId: number; host: string; failure: string };
  webhook_refused: { webhookId: number; host: string; failure: string };
};
export type StaffNewsKind = keyof StaffNews;

const roleRemoved = (reading: Reading, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const { role, agencyId, isLast } = Removed.parse(params);
  const title = i18n.t(locale, `staff:role.${role}`);
  const agency = agencyId === null ? null : agencyName(reading, agencyId, "shortName");
  const held = agency === null ? title : i18n.t(locale, "staff:invite.of_agency", { role: title, agency });
  return {
    text: paragraphs(
      rich(i18n, locale, "people:role.removed", { role: held }),
      rich(i18n, locale, isLast ? "people:role.resident" : "people:role.others"),
    ),
  };
};

const agencyChanged = (reading: Reading, params: unknown): OutMessage => {
  const { from, to } = Changed.parse(params);
  const names = { from: agencyName(reading, from), to: agencyName(reading, to) };
  return { text: rich(reading.i18n, reading.locale, "people:role.moved", names) };
};

const cardClosed = ({ i18n, locale }: Reading, params: unknown): OutMessage => ({
  text: rich(i18n, locale, "people:role.card", { number: String(Closed.parse(params).number) }),
});

const undeliverable = (reading: Reading, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const { kind, failure, number } = Undeliverable.parse(params);
  const report = number === null ? null : rich(i18n, locale, "health:undeliverable.report", { number: String(number) });
  return {
    text: paragraphs(
      lines(
        rich(i18n, locale, "health:undeliverable.head", { kind }),
        rich(i18n, locale, "health:undeliverable.reason", { reason: failureInWords(reading, failure) }),
        report,
      ),
      rich(i18n, locale, "health:undeliverable.next"),
    ),
  };
};

const chatUnreachable = (reading: Reading, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const { purpose, agencyId, districtIds, failure } = Unreachable.parse(params);
  const agency = agencyId === null ? "" : agencyName(reading, agencyId);
  const districts = districtIds.map((id) => districtName(reading, id)).join(", ");
  return {
    text: paragraphs(
      lines(
        rich(i18n, locale, `health:unreachable.${purpose}`, { agency }),
        districts === "" ? null : rich(i18n, locale, "health:unreachable.districts", { districts }),
        rich(i18n, locale, "health:undeliverable.reason", { reason: failure }),
      ),
      lines(
        rich(i18n, locale, `health:unreachable.${purpose}_meanwhile`),
        rich(i18n, locale, purpose === "channel" ? "health:unreachable.channel_next" : "health:unreachable.next"),
      ),
    ),
  };
};

const ofWebhook =
  (key: "webhooks:news.paused" | "webhooks:news.refused") =>
  ({ i18n, locale }: Reading, params: unknown): OutMessage => {
    const { webhookId, host, failure } = Webhook.parse(params);
    return { text: rich(i18n, locale, key, { id: String(webhookId), host, failure }) };
  };

/** `to`: the roles of which one is needed to be told; null for whoever it is about, who may have lost theirs. */
type News = { text: (reading: Reading, params: unknown) => OutMessage; to: readonly StaffRole[] | null };

const NEWS: Record<StaffNewsKind, News> = {
  role_removed: { text: roleRemoved, to: null },
  agency_changed: { text: agencyChanged, to: null },
  card_closed: { text: cardClosed, to: null },
  undeliverable: { text: undeliverable, to: ["admin"] },
  chat_unreachable: { text: chatUnreachable, to: ["admin"] },
  system_closed: { text: systemClosed, to: ["editor", "admin"] },
  system_failing: { text: systemFailing, to: ["admin"] },
  relay_refused: { text: relayRefused, to: ["admin"] },
  webhook_paused: { text: ofWebhook("webhooks:news.paused"), to: ["admin"] },
  webhook_refused: { text: ofWebhook("webhooks:news.refused"), to: ["admin"] },
};

/** Whether a notice is news of the staff. */
export const isStaffNews = (kind: string): kind is StaffNewsKind => Object.hasOwn(NEWS, kind);

/** The roles of which a person needs one to be told; null where they need none. */
export const staffToTell = (kind: StaffNewsKind): readonly StaffRole[] | null => NEWS[kind].to;

/** The message. Throws when `params`, which are as stored, are not what its kind needs: the row is broken. */
export const renderStaffNews = (reading: Reading, kind: StaffNewsKind, params: unknown): OutMessage =>
  NEWS[kind].text(reading, params);
