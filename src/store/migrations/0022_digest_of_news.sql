ALTER TABLE "report_messages" ALTER COLUMN "report_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "wants_digest" boolean DEFAULT false NOT NULL;