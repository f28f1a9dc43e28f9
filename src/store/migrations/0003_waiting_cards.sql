CREATE TABLE "waiting_cards" (
	"chat_id" bigint PRIMARY KEY NOT NULL,
	"message_id" integer NOT NULL,
	"count" integer NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "notices_queue_cards" ON "notices" USING btree ("report_id") WHERE "notices"."kind" = 'queue_card';