/** One part of a multipart body; `filename` only when it is a file. */
export type Part = { name: string; filename?: string; mime?: string; content: Buffer };

const headerEnd = "\r\n\r\n";

const readHeader = (head: string, name: string): string | undefined =>
  new RegExp(`^${name}\\s*:\\s*(.*)$`, "im").exec(head)?.[1]?.trim();

const readParameter = (header: string, name: string): string | undefined => {
  const encoded = new RegExp(`[;\\s]${name}\\*\\s*=\\s*utf-8''([^;]*)`, "i").exec(header)?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded.trim());
  const match = new RegExp(`[;\\s]${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, "i").exec(header);
  return match?.[1]?.replace(/\\(["\\])/g, "$1").replaceAll("%22", '"') ?? match?.[2]?.trim();
};

const toPart = (bytes: Buffer): Part | null => {
  const end = bytes.indexOf(headerEnd);
  if (end === -1) return null;
  const head = bytes.subarray(0, end).toString("utf8");
  const disposition = readHeader(head, "content-disposition") ?? "";
  const name = readParameter(disposition, "name");
  if (name === undefined) return null;
  const filename = readParameter(disposition, "filename");
  const mime = readHeader(head, "content-type");
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(mime === undefined ? {} : { mime }),
    content: bytes.subarray(end + headerEnd.length),
  };
};

/**
 * The parts of a multipart body, or null when it is malformed. As forgiving as Telegram's server about how clients write
 * names of files — grammY leaves them unquoted — where the platform's own parser refuses the whole body.
 */
export const parseMultipart = (body: Buffer, contentType: string): Part[] | null => {
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ""}`;
  let from = body.indexOf(delimiter);
  if (!boundary || from === -1) return null;
  const parts: Part[] = [];
  for (;;) {
    from += delimiter.length;
    if (body.subarray(from, from + 2).toString() === "--") return parts;
    const next = body.indexOf(`\r\n${delimiter}`, from);
    if (next === -1) return null;
    const part = toPart(body.subarray(from + 2, next));
    if (!part) return null;
    parts.push(part);
    from = next + 2;
  }
};
