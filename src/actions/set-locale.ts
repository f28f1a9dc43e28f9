import type { Resident } from "../store/queries/residents.ts";
import { updateResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";

/** The language the resident is spoken to from now on, in notices under way, too. */
export const setLocale = ({ store }: Pick<Deps, "store">, residentId: number, locale: string): Promise<Resident> =>
  updateResident(store.db, residentId, { locale });
