/** What every resource answers: the one source of the OpenAPI document, and what the tests hold answers against. Fields stand in the spec's order. */
import { z } from "zod";
import { OUTCOMES, STATUS_NAMES } from "../../report/status.ts";

const moment = z.iso.datetime({ offset: true });
const openOrClosed = z.enum(["open", "closed"]);
const text = z.string().nullable();

/** Where the API is. */
export const Discovery = z.strictObject({
  changeset: z.string(),
  contact: z.string(),
  key_service: z.string(),
  endpoints: z.array(
    z.strictObject({
      specification: z.url(),
      url: z.url(),
      changeset: z.string(),
      type: z.enum(["production", "test"]),
      formats: z.array(z.string()),
    }),
  ),
});

/** What may be reported. */
export const Services = z.array(
  z.strictObject({
    service_code: z.string(),
    service_name: z.string(),
    description: z.string(),
    metadata: z.boolean(),
    type: z.literal("realtime"),
    keywords: z.string(),
    group: z.string(),
  }),
);

/** What a service asks. */
export const ServiceDefinition = z.strictObject({
  service_code: z.string(),
  attributes: z.array(
    z.strictObject({
      variable: z.boolean(),
      code: z.string(),
      datatype: z.enum(["string", "number", "singlevaluelist"]),
      required: z.boolean(),
      datatype_description: text,
      order: z.int().min(1),
      description: z.string(),
      values: z.array(z.strictObject({ key: z.string(), name: z.string() })).optional(),
    }),
  ),
});

/** Ours, for `extensions=true`: the life of a report, which open and closed tell little of. */
const ExtendedAttributes = z.strictObject({
  detailed_status: z.enum(STATUS_NAMES),
  outcome: z.enum(OUTCOMES).nullable(),
  district_id: z.string(),
  agency_id: text,
  assigned_datetime: moment.nullable(),
  first_expected_datetime: moment.nullable(),
  answered_datetime: moment.nullable(),
  published_datetime: moment.nullable(),
  cycle: z.int(),
  hops: z.int(),
  postponements: z.int(),
});

/** Before an editor has passed it, and once it is withdrawn or rejected, everything is null but number, status and dates. */
export const ServiceRequests = z.array(
  z.strictObject({
    service_request_id: z.string(),
    status: openOrClosed,
    status_notes: text,
    service_name: text,
    service_code: text,
    description: text,
    agency_responsible: text,
    service_notice: text,
    requested_datetime: moment,
    updated_datetime: moment,
    expected_datetime: moment.nullable(),
    address: text,
    address_id: z.null(),
    zipcode: z.null(),
    lat: z.number().nullable(),
    long: z.number().nullable(),
    media_url: z.url().nullable(),
    extended_attributes: ExtendedAttributes.optional(),
  }),
);

/** Either the number or the token, as the spec has it. */
export const Filed = z.array(
  z.strictObject({
    service_request_id: z.string().optional(),
    token: z.string().optional(),
    service_notice: text,
    account_id: z.null(),
  }),
);

/** The number behind a token. */
export const FoundByToken = z.array(z.strictObject({ service_request_id: z.string(), token: z.string() }));

/** What happened to requests. */
export const ServiceRequestUpdates = z.array(
  z.strictObject({
    update_id: z.string(),
    service_request_id: z.string(),
    status: openOrClosed,
    updated_datetime: moment,
    description: text,
    media_url: z.url().nullable(),
  }),
);

/** Every fault of a call. */
export const Errors = z.array(z.strictObject({ code: z.int(), description: z.string() }));
