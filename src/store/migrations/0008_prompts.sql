ALTER TABLE "prompts" ALTER COLUMN "report_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "answered_by" integer;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "album_id" text;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "addition_id" bigint;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_addition_id_additions_id_fk" FOREIGN KEY ("addition_id") REFERENCES "public"."additions"("id") ON DELETE no action ON UPDATE no action;