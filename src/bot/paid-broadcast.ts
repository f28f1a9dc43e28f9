/** Paying Telegram for what goes out faster than it takes for nothing. */
import { Api } from "grammy";

/** What may be paid for; rewriting a message may not. */
const PAID: readonly string[] = ["sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"];

/** The same bot as one that may be charged Stars for its messages; the answers of the other stay free. */
export const createPaidApi = (api: Api): Api => {
  const paid = new Api(api.token, api.options);
  paid.config.use(...api.config.installedTransformers(), (call, method, payload, signal) =>
    call(method, PAID.includes(method) ? { ...payload, allow_paid_broadcast: true } : payload, signal),
  );
  return paid;
};
