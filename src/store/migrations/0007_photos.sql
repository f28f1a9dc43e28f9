CREATE TABLE "photo_leftovers" (
	"stored_as" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "reuses_id" bigint;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_reuses_id_photos_id_fk" FOREIGN KEY ("reuses_id") REFERENCES "public"."photos"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_agency" ON "answers" USING btree ("agency_id","sent_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "photos_answer" ON "photos" USING btree ("answer_id","position") WHERE "photos"."answer_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "photos_addition" ON "photos" USING btree ("addition_id","position") WHERE "photos"."addition_id" is not null;--> statement-breakpoint
CREATE INDEX "photos_reuses" ON "photos" USING btree ("reuses_id") WHERE "photos"."reuses_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "photos_stored" ON "photos" USING btree ("stored_as") WHERE "photos"."stored_as" is not null;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_stored_once" CHECK ("photos"."stored_as" is null or "photos"."next_tick_at" is null);