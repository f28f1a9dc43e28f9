/** A bare Hono route with nothing behind it, served as the program serves its own: what the pages are compared with. */
import { Hono } from "hono";
import { listen } from "../src/web/server.ts";

const server = await listen({ host: "127.0.0.1", port: 0 });
server.serve(new Hono().get("/", (c) => c.text("ok")));
process.stdout.write(`${server.url}\n`);
