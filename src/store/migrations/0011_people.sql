CREATE TABLE "report_messages" (
	"chat_id" bigint NOT NULL,
	"message_id" integer NOT NULL,
	"report_id" bigint NOT NULL,
	"addition_id" bigint,
	"album_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_messages_chat_id_message_id_pk" PRIMARY KEY("chat_id","message_id")
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "intake" jsonb;--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_addition_id_additions_id_fk" FOREIGN KEY ("addition_id") REFERENCES "public"."additions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_messages_album" ON "report_messages" USING btree ("chat_id","album_id") WHERE "report_messages"."album_id" is not null;--> statement-breakpoint
CREATE INDEX "report_messages_at" ON "report_messages" USING btree ("at");--> statement-breakpoint
CREATE INDEX "residents_phone" ON "residents" USING btree ("phone") WHERE "residents"."phone" is not null;