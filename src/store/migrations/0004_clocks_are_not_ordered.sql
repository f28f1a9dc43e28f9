ALTER TABLE "reports" DROP CONSTRAINT "reports_order";--> statement-breakpoint
ALTER TABLE "grants" DROP CONSTRAINT "grants_removed";