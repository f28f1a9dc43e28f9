CREATE TABLE "prompts" (
	"chat_id" bigint NOT NULL,
	"message_id" integer NOT NULL,
	"act" text NOT NULL,
	"report_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompts_chat_id_message_id_pk" PRIMARY KEY("chat_id","message_id")
);
--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompts_asked" ON "prompts" USING btree ("asked_at");