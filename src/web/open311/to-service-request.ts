import { agencyName, topicTitle } from "../../notices/report-words.ts";
import { largeOf } from "../../report/photo.ts";
import { STATUSES, type Outcome, type Status } from "../../report/status.ts";
import type { FoundPublicReport, PublicReport } from "../../store/queries/public-reports.ts";
import { orNull, toW3c } from "./dates.ts";
import type { Asking } from "./resource.ts";
import type { Value } from "./xml.ts";

/** A photo's address for everybody. */
export const mediaUrl = ({ base }: Pick<Asking, "base">, storedAs: string | null): string | null =>
  storedAs === null ? null : `${base}/photos/${largeOf(storedAs)}`;

/** A report as the spec writes one; where the public sees dates only, the rest is null. */
export const toServiceRequest =
  (asking: Asking, { isExtended }: { isExtended: boolean }) =>
  (found: FoundPublicReport): Value =>
    found.shown === "all" ? toWhole(asking, found.report, isExtended) : toDates(asking, found);

const toWhole = (asking: Asking, report: PublicReport, isExtended: boolean): Value => {
  const { city } = asking;
  const w3c = (moment: Date): string => toW3c(city, moment);
  const status = STATUSES[report.status].open311;
  return {
    service_request_id: String(report.id),
    status,
    status_notes: notes(asking, report.status, report.outcome),
    service_name: topicTitle(asking, report.topicId),
    service_code: report.topicId,
    description: report.text,
    agency_responsible: report.agencyId === null ? null : agencyName(asking, report.agencyId),
    service_notice: null,
    requested_datetime: w3c(report.createdAt),
    // The spec wants the moment it was closed for one that is.
    updated_datetime: w3c(status === "closed" ? report.statusAt : report.updatedAt),
    expected_datetime: orNull(w3c, report.dueAt),
    address: report.address,
    address_id: null,
    zipcode: null,
    lat: report.place?.lat ?? null,
    long: report.place?.lon ?? null,
    media_url: mediaUrl(asking, report.photoName),
    extended_attributes: isExtended ? toExtended(report, w3c) : undefined,
  };
};

const toDates = (asking: Asking, found: Extract<FoundPublicReport, { shown: "dates" }>): Value => ({
  service_request_id: String(found.id),
  status: STATUSES[found.status].open311,
  status_notes: notes(asking, found.status, null),
  service_name: null,
  service_code: null,
  description: null,
  agency_responsible: null,
  service_notice: null,
  requested_datetime: toW3c(asking.city, found.createdAt),
  updated_datetime: toW3c(asking.city, found.statusAt),
  expected_datetime: null,
  address: null,
  address_id: null,
  zipcode: null,
  lat: null,
  long: null,
  media_url: null,
});

const toExtended = (report: PublicReport, w3c: (moment: Date) => string): Value => ({
  detailed_status: report.status,
  outcome: report.outcome,
  district_id: report.districtId,
  agency_id: report.agencyId,
  assigned_datetime: orNull(w3c, report.assignedAt),
  first_expected_datetime: orNull(w3c, report.firstDueAt),
  answered_datetime: orNull(w3c, report.answeredAt),
  published_datetime: orNull(w3c, report.publishedAt),
  cycle: report.cycle,
  hops: report.hops,
  postponements: report.postponements,
});

const notes = ({ i18n, locale }: Asking, status: Status, outcome: Outcome | null): string =>
  outcome === null ? i18n.t(locale, `notices:status.${status}`) : i18n.t(locale, `check:outcome.${outcome}`);
