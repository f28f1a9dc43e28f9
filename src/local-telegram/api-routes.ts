import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Core } from "./core.ts";
import { callMethod } from "./methods/table.ts";
import { refuseForeignPages } from "./page-guard.ts";
import { badRequest, Refusal } from "./refusal.ts";
import { readBody } from "./request.ts";
import type { RawCall } from "./request.ts";

const maxBodyBytes = 60_000_000;

const checkToken = (core: Core, bot: string): void => {
  const given = Buffer.from(bot.replace(/^bot/, ""));
  const token = Buffer.from(core.settings.token);
  if (given.length !== token.length || !timingSafeEqual(given, token)) throw new Refusal(401, "Unauthorized");
};

const readCall = async (c: Context): Promise<RawCall> => {
  if (Number(c.req.header("content-length") ?? 0) > maxBodyBytes) throw new Refusal(413, "Request Entity Too Large");
  const query = c.req.query();
  if (c.req.method === "GET") return { params: query, uploads: new Map() };
  const body = await readBody(c.req.raw);
  if (!body) throw badRequest("object expected as JSON");
  return { ...body, params: { ...query, ...body.params } };
};

const refused = (c: Context, { code, message, parameters }: Refusal): Response =>
  c.json({ ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) }, code as 400);

/** The Bot API as on the wire: `/bot<token>/<method>` and `/file/bot<token>/<path>`; GET and POST. */
export const createApiRoutes = (core: Core): Hono => {
  const app = new Hono();

  app.on(["GET", "POST"], "/:bot{bot[^/]+}/:method", refuseForeignPages, async (c) => {
    try {
      checkToken(core, c.req.param("bot"));
      const call = await readCall(c);
      const result = await callMethod(core, c.req.param("method"), call, c.req.raw.signal);
      return c.json({ ok: true, result });
    } catch (error) {
      if (error instanceof Refusal) return refused(c, error);
      throw error;
    }
  });

  app.get("/file/:bot{bot[^/]+}/:folder/:name", refuseForeignPages, async (c) => {
    try {
      checkToken(core, c.req.param("bot"));
      const file = core.files.findByPath(`${c.req.param("folder")}/${c.req.param("name")}`);
      if (!file) throw new Refusal(404, "Not Found");
      return c.body(await core.files.read(file), 200, { "content-type": "application/octet-stream" });
    } catch (error) {
      if (error instanceof Refusal) return refused(c, error);
      throw error;
    }
  });

  return app;
};
