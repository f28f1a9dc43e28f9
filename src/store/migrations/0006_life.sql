CREATE TABLE "additions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "additions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"report_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"author_id" bigint,
	"words" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "additions_kind" CHECK ("additions"."kind" in ('question', 'reply', 'addition', 'vote', 'verdict', 'appeal', 'note')),
	CONSTRAINT "additions_words" CHECK ("additions"."words" <> '')
);
--> statement-breakpoint
CREATE TABLE "answer_drafts" (
	"officer_id" bigint PRIMARY KEY NOT NULL,
	"draft_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_drafts_draft_id" UNIQUE("draft_id")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "answers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"draft_id" uuid NOT NULL,
	"report_id" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"agency_id" text NOT NULL,
	"officer_id" bigint NOT NULL,
	"words" text NOT NULL,
	"planned_on" date,
	"successor_id" text,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"decided_by_id" bigint,
	"decided_at" timestamp (3) with time zone,
	"remark" text,
	CONSTRAINT "answers_draft_id" UNIQUE("draft_id"),
	CONSTRAINT "answers_kind" CHECK ("answers"."kind" in ('fixed', 'cannot_fix', 'planned', 'not_ours', 'question')),
	CONSTRAINT "answers_state" CHECK ("answers"."state" in ('waiting', 'accepted', 'returned', 'replaced')),
	CONSTRAINT "answers_planned" CHECK (("answers"."kind" = 'planned') = ("answers"."planned_on" is not null)),
	CONSTRAINT "answers_successor" CHECK (("answers"."kind" = 'not_ours') = ("answers"."successor_id" is not null)),
	CONSTRAINT "answers_decided" CHECK (("answers"."state" = 'waiting') = ("answers"."decided_at" is null)),
	CONSTRAINT "answers_returned" CHECK ("answers"."state" <> 'returned' or "answers"."remark" is not null)
);
--> statement-breakpoint
CREATE TABLE "checks" (
	"report_id" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"resident_id" bigint NOT NULL,
	"invited_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "checks_report_id_cycle_resident_id_pk" PRIMARY KEY("report_id","cycle","resident_id")
);
--> statement-breakpoint
CREATE TABLE "followers" (
	"report_id" bigint NOT NULL,
	"resident_id" bigint NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "followers_report_id_resident_id_pk" PRIMARY KEY("report_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "volunteers" (
	"resident_id" bigint PRIMARY KEY NOT NULL,
	"lat" double precision NOT NULL,
	"lon" double precision NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"report_id" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"voter_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"addition_id" bigint,
	"recorded_by_id" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "votes_report_id_cycle_voter_id_pk" PRIMARY KEY("report_id","cycle","voter_id"),
	CONSTRAINT "votes_kind" CHECK ("votes"."kind" in ('author', 'follower', 'volunteer', 'inspector')),
	CONSTRAINT "votes_value" CHECK ("votes"."value" in ('confirmation', 'refutation'))
);
--> statement-breakpoint
DROP INDEX "photos_report";--> statement-breakpoint
DROP INDEX "reports_queue";--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "answer_id" bigint;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "addition_id" bigint;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "is_hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "stored_as" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "likeness" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "next_tick_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "public_text" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "operator_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "handling_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "first_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "day_count" integer;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "cycle" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "hops" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "postponements" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "returns_to" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "officer_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "repairs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "has_appealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "moderator_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "taken_by_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "taken_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "is_on_top" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "merged_into_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "published_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "publisher_id" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "ticked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "banned_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "ban_reason" text;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "is_head" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "is_head" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "additions" ADD CONSTRAINT "additions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "additions" ADD CONSTRAINT "additions_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_drafts" ADD CONSTRAINT "answer_drafts_officer_id_residents_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_drafts" ADD CONSTRAINT "answer_drafts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_officer_id_residents_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_decided_by_id_residents_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "followers" ADD CONSTRAINT "followers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "followers" ADD CONSTRAINT "followers_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volunteers" ADD CONSTRAINT "volunteers_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_voter_id_residents_id_fk" FOREIGN KEY ("voter_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_addition_id_additions_id_fk" FOREIGN KEY ("addition_id") REFERENCES "public"."additions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_recorded_by_id_residents_id_fk" FOREIGN KEY ("recorded_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "additions_report" ON "additions" USING btree ("report_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "answers_waiting" ON "answers" USING btree ("report_id") WHERE "answers"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "answers_report" ON "answers" USING btree ("report_id","id");--> statement-breakpoint
CREATE INDEX "checks_resident" ON "checks" USING btree ("resident_id","invited_at");--> statement-breakpoint
CREATE INDEX "followers_resident" ON "followers" USING btree ("resident_id");--> statement-breakpoint
CREATE INDEX "volunteers_place" ON "volunteers" USING btree ("lat","lon");--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_answer_id_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_addition_id_additions_id_fk" FOREIGN KEY ("addition_id") REFERENCES "public"."additions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_operator_id_residents_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_officer_id_residents_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_moderator_id_residents_id_fk" FOREIGN KEY ("moderator_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_taken_by_id_residents_id_fk" FOREIGN KEY ("taken_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_merged_into_id_reports_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_publisher_id_residents_id_fk" FOREIGN KEY ("publisher_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photos_of_report" ON "photos" USING btree ("report_id","id");--> statement-breakpoint
CREATE INDEX "photos_tick" ON "photos" USING btree ("next_tick_at") WHERE "photos"."next_tick_at" is not null;--> statement-breakpoint
CREATE INDEX "reports_tasks" ON "reports" USING btree ("agency_id","handling_due_at","id") WHERE "reports"."status" in ('assigned', 'planned');--> statement-breakpoint
CREATE INDEX "reports_merged" ON "reports" USING btree ("merged_into_id") WHERE "reports"."merged_into_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "photos_report" ON "photos" USING btree ("report_id","position") WHERE "photos"."answer_id" is null and "photos"."addition_id" is null;--> statement-breakpoint
CREATE INDEX "reports_queue" ON "reports" USING btree ("is_on_top" DESC NULLS LAST,"status_at","id") WHERE "reports"."status" = 'submitted';--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_owner" CHECK ("photos"."answer_id" is null or "photos"."addition_id" is null);--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_goes_back" CHECK (("reports"."status" in ('needs_info', 'merged')) = ("reports"."returns_to" is not null));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_paused" CHECK ("reports"."paused_at" is null or ("reports"."status" = 'needs_info' and "reports"."returns_to" = 'assigned'));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_merged_into" CHECK (("reports"."status" = 'merged') = ("reports"."merged_into_id" is not null));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_taken" CHECK (("reports"."taken_by_id" is null) = ("reports"."taken_until" is null));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_counts" CHECK ("reports"."cycle" >= 1 and "reports"."hops" >= 0 and "reports"."postponements" between 0 and 2 and "reports"."repairs" between 0 and 3);