/** The systems that the city's file names, with their keys, which stand in files of their own. */
import { readFile } from "node:fs/promises";
import type { City } from "../../city/schema.ts";
import { createClient, type Client, type Fetch } from "./client.ts";

/** An agency's system, ready to be spoken to; `services` are their codes of topics. */
export type System = { agencyId: string; client: Client; services: Readonly<Record<string, string>> };

/** What is wrong with a key's file, and whose it is. */
export type SystemFault = { agencyId: string; file: string; message: string };

/** Reads every key; all faults are told at once, and none of them repeats what stands in a file. */
export const loadSystems = async (
  city: Pick<City, "agencies">,
  fetch: Fetch,
): Promise<{ ok: true; systems: System[] } | { ok: false; faults: SystemFault[] }> => {
  const systems: System[] = [];
  const faults: SystemFault[] = [];
  for (const { id: agencyId, open311 } of city.agencies) {
    if (open311 === undefined) continue;
    const key = open311.keyFile === undefined ? null : await readKey(open311.keyFile);
    if (key !== null && "message" in key) faults.push({ agencyId, file: open311.keyFile ?? "", ...key });
    else systems.push({ agencyId, client: createClient(open311, key?.key ?? null, fetch), services: open311.services });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, systems };
};

const readKey = async (file: string): Promise<{ key: string } | { message: string }> => {
  try {
    const key = (await readFile(file, "utf8")).trim();
    if (key === "") return { message: "is empty; write the key into it" };
    return /\s/.test(key) ? { message: "holds more than one word; a key is one" } : { key };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return { message: code === "ENOENT" ? "does not exist" : `cannot be read (${String(code)})` };
  }
};
