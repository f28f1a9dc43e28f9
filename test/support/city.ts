import { fileURLToPath } from "node:url";
import { loadCity } from "../../src/city/load-city.ts";
import type { City } from "../../src/city/schema.ts";

const DIR = fileURLToPath(new URL("../../cities/kuntsevo", import.meta.url));

/** The demo city, as the program loads it. */
export const demoCity = async (): Promise<City> => {
  const loaded = await loadCity(DIR);
  if (!loaded.ok) throw new Error("The demo city has faults; `npm run city -- check cities/kuntsevo` tells them");
  return loaded.city;
};
