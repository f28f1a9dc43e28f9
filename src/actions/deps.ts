import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";

/** What actions work with; each takes the part it uses. `log` hears of every refusal, without names or words. */
export type Deps = { store: Store; city: City; log: Log };
