/** What a resource of the API is: an entry of the table that answers are made by and the OpenAPI document is written from. */
import type { z } from "zod";
import type { Reading } from "../../notices/dates.ts";
import type { WebDeps } from "../deps.ts";
import type { Problem } from "./problem.ts";
import type { Value } from "./xml.ts";
import type { ParamName } from "./params.ts";

/** Who asks: in which language, when, and where we are reached from. */
export type Asking = Reading & {
  deps: WebDeps;
  /** Where the API is, e.g. `https://otklik.example.org/open311/v2`. */
  endpoint: string;
  /** Our own name, without a slash at the end. */
  base: string;
  format: Format;
  headers: Headers;
};

/** The endings of addresses, and what is sent for each. */
export const FORMATS = { xml: "text/xml; charset=utf-8", json: "application/json; charset=utf-8" } as const;
export type Format = keyof typeof FORMATS;

/** The value of an answer, or why there is none. */
export type Answer = { ok: true; value: Value; headers?: Readonly<Record<string, string>> } | Problem;

type Shape = Partial<Record<ParamName, z.ZodType>>;

/** `root` is what XML calls the whole. `part` is what stands in the address after the name, as a service's code. */
export type Resource = {
  name: string;
  part: "service_code" | "service_request_id" | "token" | null;
  summary: string;
  params: Shape;
  root: string;
  answer: z.ZodType;
  run(asking: Asking, given: URLSearchParams, part: string): Promise<Answer> | Answer;
};
