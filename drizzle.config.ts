import type { Config } from "drizzle-kit";

/** Where `npm run db:generate` reads the tables and writes the migrations. */
export default {
  dialect: "postgresql",
  schema: "./src/store/schema/index.ts",
  out: "./src/store/migrations",
  casing: "snake_case",
} as const satisfies Config;
