export * from "./chats.ts";
export * from "./drafts.ts";
export * from "./events.ts";
export * from "./notices.ts";
export * from "./prompts.ts";
export * from "./reports.ts";
export * from "./residents.ts";
export * from "./staff.ts";
