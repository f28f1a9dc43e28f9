/** What admins alone may type; in private, for names of colleagues and what is broken are nothing for a group. */
import type { CommandEntry } from "../commands.ts";
import { audit } from "./audit.ts";
import { client, clients } from "./clients.ts";
import { retry, showHealth } from "./health.ts";
import { showStaff } from "./staff.ts";
import { showWebhooks, webhook } from "./webhooks.ts";

export const adminCommands: readonly CommandEntry[] = [
  { name: "staff", where: ["private"], by: ["admin"], description: "people:command.staff", run: showStaff },
  {
    name: "audit",
    where: ["private"],
    by: ["admin"],
    description: "people:command.audit",
    usage: "people:usage.audit",
    run: audit,
  },
  {
    name: "client",
    where: ["private"],
    by: ["admin"],
    theme: "programs",
    description: "open311:command.client",
    usage: "open311:usage.client",
    run: client,
  },
  {
    name: "clients",
    where: ["private"],
    by: ["admin"],
    theme: "programs",
    description: "open311:command.clients",
    run: clients,
  },
  { name: "health", where: ["private"], by: ["admin"], description: "health:command.health", run: showHealth },
  { name: "retry", where: ["private"], by: ["admin"], description: "health:command.retry", run: retry },
  {
    name: "webhook",
    where: ["private"],
    by: ["admin"],
    theme: "programs",
    description: "webhooks:command.webhook",
    usage: "webhooks:usage.webhook",
    run: webhook,
  },
  {
    name: "webhooks",
    where: ["private"],
    by: ["admin"],
    theme: "programs",
    description: "webhooks:command.webhooks",
    run: showWebhooks,
  },
];
