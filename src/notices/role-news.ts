/** What a person hears of their own roles, and what becomes of the cards they can do nothing with any more. */
import { z } from "zod";
import { STAFF_ROLES, type StaffRole } from "../report/status.ts";
import type { Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { agencyName } from "./report-words.ts";
import { paragraphs, rich } from "./rich.ts";

const Removed = z.object({ role: z.enum(STAFF_ROLES), agencyId: z.string().nullable(), isLast: z.boolean() });
const Changed = z.object({ from: z.string(), to: z.string() });
const Closed = z.object({ number: z.int() });

/** What each of them keeps; `isLast`: no other role is left to the person. */
export type RoleNews = {
  role_removed: { role: StaffRole; agencyId: string | null; isLast: boolean };
  agency_changed: { from: string; to: string };
  /** Rewrites a card; the others are said anew. */
  card_closed: { number: number };
};
export type RoleNewsKind = keyof RoleNews;

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

const TEXTS: Record<RoleNewsKind, (reading: Reading, params: unknown) => OutMessage> = {
  role_removed: roleRemoved,
  agency_changed: agencyChanged,
  card_closed: cardClosed,
};

/** Whether a notice is news of the reader's own roles. */
export const isRoleNews = (kind: string): kind is RoleNewsKind => Object.hasOwn(TEXTS, kind);

/** The message. Throws when `params`, which are as stored, are not what its kind needs: the row is broken. */
export const renderRoleNews = (reading: Reading, kind: RoleNewsKind, params: unknown): OutMessage =>
  TEXTS[kind](reading, params);
