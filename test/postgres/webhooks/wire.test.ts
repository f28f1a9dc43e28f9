/** The whole way over HTTP: what a partner's own server gets, and that it can tell who sent it. */
import { createHmac } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { safeFetch } from "../../../src/fetch/safe-fetch.ts";
import { deliverWebhooks } from "../../../src/jobs/webhooks.ts";
import { webhooks } from "../../../src/store/schema/webhooks.ts";
import { tellAssigned } from "../../support/delivery.ts";
import { aPartner, aWebhook, SECRET } from "../../support/partner.ts";
import { aReport, aResident } from "../../support/people.ts";
import { freshStore } from "../../support/store.ts";
import { startReceiver } from "../../support/webhook-receiver.ts";

const going = new AbortController().signal;
const started = async () => {
  const store = await freshStore("postgres");
  onTestFinished(() => store.close());
  const authorId = await aResident(store.db);
  const assign = async (): Promise<void> => {
    await tellAssigned(store, await aReport(store.db, authorId), authorId);
  };
  return { store, assign, deps: aPartner(store).deps };
};

test("a partner's server gets signed JSON and its signature is right for the bytes that came", async () => {
  const { store, assign, deps } = await started();
  const came: { headers: Headers; body: string }[] = [];
  const receiver = await startReceiver(async (request) => {
    came.push({ headers: request.headers, body: await request.text() });
    return new Response("x".repeat(100_000), { status: 202 });
  });
  onTestFinished(() => receiver.close());
  await aWebhook(store.db, { url: receiver.url });
  await assign();
  await deliverWebhooks({ ...deps, fetch: (url, asked) => safeFetch(url, { ...asked, allowPrivate: true }) }, going);
  expect(came).toHaveLength(1);
  const [{ headers, body } = { headers: new Headers(), body: "" }] = came;
  expect(headers.get("content-type")).toBe("application/json");
  const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  expect(headers.get("webhook-signature")).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  expect(body).toContain("Фонарь у подъезда");
  expect((await store.db.select().from(webhooks))[0]).toMatchObject({ failure: null, failingSince: null });
});

test("a webhook that leads into an inner network by now is not called", async () => {
  const { store, assign, deps } = await started();
  let calls = 0;
  const receiver = await startReceiver(() => {
    calls += 1;
    return new Response(null);
  });
  onTestFinished(() => receiver.close());
  const { port } = new URL(receiver.url);
  await aWebhook(store.db, { url: `https://partner.example.org:${port}/hook` });
  await assign();
  const resolve = async (): Promise<string[]> => ["127.0.0.1"];
  await deliverWebhooks({ ...deps, fetch: (url, asked) => safeFetch(url, { ...asked, resolve }) }, going);
  expect(calls).toBe(0);
  expect((await store.db.select().from(webhooks))[0]).toMatchObject({ state: "active", failure: "not_public" });
});

test("a redirect is no arrival and is not followed", async () => {
  const { store, assign, deps } = await started();
  const paths: string[] = [];
  const receiver = await startReceiver((request) => {
    paths.push(new URL(request.url).pathname);
    return new Response(null, { status: 307, headers: { location: "/elsewhere" } });
  });
  onTestFinished(() => receiver.close());
  await aWebhook(store.db, { url: receiver.url });
  await assign();
  await deliverWebhooks({ ...deps, fetch: (url, asked) => safeFetch(url, { ...asked, allowPrivate: true }) }, going);
  expect(paths).toEqual(["/hook"]);
  expect((await store.db.select().from(webhooks))[0]).toMatchObject({ failure: "HTTP 307" });
});
