import type { Actor } from "../report/permission.ts";
import type { Db } from "../store/open.ts";
import { listGrants } from "../store/queries/grants.ts";

/** Who this resident is to the city now. To act on the answer, ask in the transaction of the act; a menu may ask outside. */
export const findActor = async (db: Db, residentId: number): Promise<Actor> => ({
  residentId,
  grants: await listGrants(db, residentId),
});
