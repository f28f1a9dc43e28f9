import { loadCity } from "../../src/city/load-city.ts";
import type { City } from "../../src/city/schema.ts";

/** The folder of the demo city, from the root of the checkout. */
export const DEMO_CITY_DIR = "cities/kuntsevo";

/** The demo city as the program would load it; a fault fails the test with all of them. */
export const loadDemoCity = async (): Promise<City> => {
  const loaded = await loadCity(DEMO_CITY_DIR);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults, null, 2));
  return loaded.city;
};
