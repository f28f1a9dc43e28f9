ALTER TABLE "answer_drafts" DROP CONSTRAINT "answer_drafts_pkey";--> statement-breakpoint
ALTER TABLE "answer_drafts" ADD CONSTRAINT "answer_drafts_officer_id_report_id_pk" PRIMARY KEY("officer_id","report_id");
