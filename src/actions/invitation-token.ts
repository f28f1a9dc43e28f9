import { createHash, randomBytes } from "node:crypto";

/** Carries 192 bits in 32 letters that a deep link allows. */
export const createToken = (): string => randomBytes(24).toString("base64url");

/** What is stored of a token: reading the database invites nobody. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
