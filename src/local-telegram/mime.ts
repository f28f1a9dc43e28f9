const byExtension: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  json: "application/json",
  zip: "application/zip",
  mp4: "video/mp4",
};

/** The type of a file as Telegram tells it: by the name's ending; what the sender claims counts only where that says nothing. */
export const mimeOf = (name: string, claimed: string | undefined): string =>
  byExtension[/\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ?? claimed ?? "application/octet-stream";
