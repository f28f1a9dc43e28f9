import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFetchWebPhoto, fetchWebPhoto } from "../../../src/jobs/fetch-web-photo.ts";

const fetchHere = createFetchWebPhoto({ allowPrivate: true });
const going = new AbortController().signal;

/** A host of pictures on this machine; its address. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe("A picture on the web", () => {
  test("is fetched, also where its host sends callers on", async () => {
    const host = await serve((request, response) => {
      if (request.url === "/old.jpg") response.writeHead(302, { location: "/new.jpg" }).end();
      else response.end("picture");
    });
    const fetched = await fetchHere(`${host}/old.jpg`, going);
    expect(fetched).toEqual({ ok: true, bytes: Buffer.from("picture") });
  });

  test("is given up where callers are sent round in a ring", async () => {
    let calls = 0;
    const host = await serve((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: `/${calls}` }).end();
    });
    expect(await fetchHere(`${host}/`, going)).toMatchObject({ ok: false, why: "gone" });
    expect(calls).toBe(4);
  });

  test("is given up where its host sends callers to what nobody would call", async () => {
    const host = await serve((_request, response) =>
      response.writeHead(302, { location: "ftp://10.0.0.1/a.jpg" }).end(),
    );
    expect(await fetchHere(`${host}/a.jpg`, going)).toEqual({ ok: false, why: "gone", words: "not_https" });
  });

  test.each([
    [404, "gone"],
    [410, "gone"],
    [429, "retry"],
    [503, "retry"],
  ])("that is answered with %i is %s", async (status, why) => {
    const host = await serve((_request, response) => response.writeHead(status).end());
    expect(await fetchHere(`${host}/a.jpg`, going)).toMatchObject({ ok: false, why });
  });

  test("larger than ten megabytes is given up, whether its host says so before or not", async () => {
    const host = await serve((_request, response) => {
      const write = (): void => {
        if (!response.destroyed && response.write(Buffer.alloc(1024 * 1024))) setImmediate(write);
        else response.once("drain", write);
      };
      write();
    });
    expect(await fetchHere(`${host}/a.jpg`, going)).toEqual({ ok: false, why: "gone", words: "too_large" });
  });

  test("whose host does not answer may be there later", async () => {
    const resolve = (): Promise<readonly string[]> => Promise.resolve([]);
    const fetched = await createFetchWebPhoto({ resolve })("https://pictures.example.org/a.jpg", going);
    expect(fetched).toMatchObject({ ok: false, why: "retry" });
  });
});

describe("The program's own network", () => {
  const inside = [
    "http://127.0.0.1/a.jpg",
    "http://[::1]/a.jpg",
    "http://10.1.2.3/a.jpg",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:192.168.1.1]/a.jpg",
    "http://localhost/a.jpg",
    "file:///etc/passwd",
    "http://name:word@pictures.example.org/a.jpg",
  ];
  test.each(inside)("is never called: %s", async (url) => {
    expect(await fetchWebPhoto(url, going)).toMatchObject({ ok: false, why: "gone" });
  });

  test("is not called through a public name either", async () => {
    const pinned = createFetchWebPhoto({ resolve: () => Promise.resolve(["93.184.216.34", "127.0.0.1"]) });
    expect(await pinned("https://pictures.example.org/a.jpg", going)).toMatchObject({
      why: "gone",
      words: "not_public",
    });
  });
});
