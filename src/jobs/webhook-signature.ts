/** Signatures as the Standard Webhooks specification has them, so that partners may check them with anybody's library. */
import { createHmac } from "node:crypto";

/** The headers that prove who sent the body, and when; `secret` is `whsec_` and base64. */
export const signedHeaders = (
  { id, body, secret }: { id: string; body: string; secret: string },
  wireNow: Date,
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> => {
  const timestamp = String(Math.floor(wireNow.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};
