import type { City } from "../city/schema.ts";
import type { Store } from "../store/open.ts";

/** What actions work with; each takes the part it uses. */
export type Deps = { store: Store; city: City };
