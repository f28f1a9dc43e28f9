/** Where the API is and how to get a key: the one address that clients are given. */
import { textIn } from "../../city/text.ts";
import { Discovery } from "./answers.ts";
import { COMMON } from "./params.ts";
import { FORMATS, type Resource } from "./resource.ts";

/** Services and their definitions come with the city's folder, so they change when the program starts with a new one. */
const CHANGED_AT = new Date();

const SPECIFICATION = "http://wiki.open311.org/GeoReport_v2";

/** Without parameters of time: the form of the spec's own examples, in UTC. */
const changeset = CHANGED_AT.toISOString().slice(0, 16).replace("T", " ");

/** Tells clients where everything is. */
export const discovery: Resource = {
  name: "discovery",
  part: null,
  summary: "Service discovery",
  params: COMMON,
  root: "discovery",
  answer: Discovery,
  run: ({ i18n, locale, city, base, endpoint }) => ({
    ok: true,
    value: {
      changeset,
      contact: i18n.t(locale, "open311:discovery.contact", { city: textIn(city, city.name, locale), url: base }),
      key_service: i18n.t(locale, "open311:discovery.key_service", { url: base }),
      endpoints: [
        {
          specification: SPECIFICATION,
          url: endpoint,
          changeset,
          type: "production",
          formats: Object.values(FORMATS).map((type) => type.split(";")[0] ?? type),
        },
      ],
    },
  }),
};
