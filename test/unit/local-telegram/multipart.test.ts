import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMultipart } from "../../../src/local-telegram/multipart.ts";

const type = "multipart/form-data; boundary=xyz";
const body = (...lines: string[]): Buffer => Buffer.from(lines.join("\r\n"));

test("names of files are read quoted, unquoted and encoded", () => {
  const parts = parseMultipart(
    body(
      "--xyz",
      'Content-Disposition: form-data; name="a"; filename="отчёт \\"1\\".pdf"',
      "Content-Type: application/pdf",
      "",
      "1",
      "--xyz",
      'content-disposition:form-data;name="b";filename=отчёт 2.pdf',
      "",
      "2",
      "--xyz",
      "content-disposition: form-data; name=c; filename*=UTF-8''%D0%BE.pdf",
      "",
      "3",
      "--xyz--",
      "",
    ),
    type,
  );
  expect(parts?.map(({ name, filename, content }) => [name, filename, String(content)])).toEqual([
    ["a", 'отчёт "1".pdf', "1"],
    ["b", "отчёт 2.pdf", "2"],
    ["c", "о.pdf", "3"],
  ]);
});

test("whatever the platform writes is read back byte by byte", async () => {
  const part = fc.record({ name: fc.stringMatching(/^[a-z0-9_]{1,8}$/), bytes: fc.uint8Array({ maxLength: 300 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const form = new FormData();
      for (const { name, bytes } of parts) form.append(name, new File([new Uint8Array(bytes)], "a.bin"));
      const response = new Response(form);
      const read = parseMultipart(
        Buffer.from(await response.clone().arrayBuffer()),
        response.headers.get("content-type") ?? "",
      );
      expect(read?.map(({ name, content }) => [name, [...content]])).toEqual(
        parts.map(({ name, bytes }) => [name, [...bytes]]),
      );
    }),
  );
});

test.each([
  ["without a boundary", body("--xyz", "", "1", "--xyz--"), "multipart/form-data"],
  ["without an end", body("--xyz", 'content-disposition: form-data; name="a"', "", "1"), type],
  ["without a name", body("--xyz", "content-type: text/plain", "", "1", "--xyz--"), type],
  ["without anything", body(""), type],
])("a body %s is refused as a whole", (_, bytes, contentType) => {
  expect(parseMultipart(bytes, contentType)).toBeNull();
});
