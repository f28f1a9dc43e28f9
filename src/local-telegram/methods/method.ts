import { z } from "zod";
import type { Core } from "../core.ts";
import type { Upload } from "../files.ts";
import { refuseParams } from "../params.ts";
import type { RawCall } from "../request.ts";

/** What rides along with the parameters of a call. `signal` aborts when the caller has hung up. */
export type Call = { uploads: Map<string, Upload>; signal: AbortSignal };

/** A method of the Bot API: understands its parameters and answers, or throws a Refusal. */
export type Method = (core: Core, raw: RawCall, signal: AbortSignal) => Promise<unknown>;

/** A method out of its parameters and what it does; a parameter not named in the shape is refused. */
export const method = <Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (core: Core, params: z.output<z.ZodObject<Shape, z.core.$strict>>, call: Call) => unknown,
): Method => {
  const schema = z.strictObject(shape);
  return async (core, raw, signal) => {
    // Clients write null for what they leave out.
    const given = Object.fromEntries(Object.entries(raw.params).filter(([, value]) => value !== null));
    const parsed = schema.safeParse(given);
    if (!parsed.success) throw refuseParams(parsed.error);
    return run(core, parsed.data, { uploads: raw.uploads, signal });
  };
};
