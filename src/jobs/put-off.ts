/** Trying again later what could not be told, and in the end no more where that is our own fault. */
import { giveUpNotices } from "../actions/give-up-notices.ts";
import { UNRENDERABLE } from "../notices/failure.ts";
import { postponeNotices } from "../store/writes/notices.ts";
import { backoffMs } from "./backoff.ts";
import type { DeliverDeps, Step } from "./deliver.ts";
import type { Notices } from "./hand-over.ts";

/** After so many failures of our own the notice is given up, so that those behind it are told. */
const OWN_FAILURES = 5;

/** Whether what fails by our own fault was tried often enough. */
export const isTriedEnough = (notices: Notices): boolean => attemptsOf(notices) >= OWN_FAILURES;

/** Tries these notices again later; `failure` is why, when it is our own fault. */
export const putOff = async (
  { store, wireNow, log }: DeliverDeps,
  notices: Notices,
  afterSeconds: number | null,
  failure: string | null,
): Promise<Step> => {
  const attempts = attemptsOf(notices);
  const afterMs = afterSeconds === null ? backoffMs(attempts) : afterSeconds * 1000;
  if (attempts >= 5) log.warn({ notices: notices.map(({ id }) => id), attempts }, "delivery is put off again");
  await postponeNotices(store.db, notices, new Date(wireNow().getTime() + afterMs), failure);
  return { afterMs };
};

/** Tries notices that fail by our own fault again later, and in the end no more. */
export const giveUpLater = async (
  deps: DeliverDeps,
  notices: Notices,
  afterSeconds: number | null = null,
): Promise<Step> => {
  if (!isTriedEnough(notices)) return putOff(deps, notices, afterSeconds, UNRENDERABLE);
  deps.log.error({ notices: notices.map(({ id, kind }) => ({ id, kind })) }, "undeliverable notices");
  await giveUpNotices(deps, notices, UNRENDERABLE, deps.now());
  return "more";
};

const attemptsOf = (notices: Notices): number => Math.max(...notices.map(({ attempts }) => attempts));
