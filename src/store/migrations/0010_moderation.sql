DROP INDEX "notices_queue_cards";--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "repairs_id" bigint;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "held" jsonb;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_repairs_id_reports_id_fk" FOREIGN KEY ("repairs_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_report" ON "notices" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "reports_words" ON "reports" USING gin (to_tsvector('russian', "description" || ' ' || coalesce("address", '')));