CREATE TABLE "chats" (
	"chat_id" bigint PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"district_ids" text[] NOT NULL,
	"agency_id" text,
	"locale" text NOT NULL,
	"bound_by_id" bigint NOT NULL,
	"bound_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chats_purpose" CHECK ("chats"."purpose" in ('editors', 'agency')),
	CONSTRAINT "chats_group" CHECK ("chats"."chat_id" < 0),
	CONSTRAINT "chats_agency" CHECK (("chats"."purpose" = 'agency') = ("chats"."agency_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"key" text PRIMARY KEY NOT NULL,
	"arrival_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"resident_id" bigint PRIMARY KEY NOT NULL,
	"draft_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "drafts_draft_id" UNIQUE("draft_id")
);
--> statement-breakpoint
CREATE TABLE "handled_updates" (
	"update_id" bigint PRIMARY KEY NOT NULL,
	"handled_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"report_id" bigint,
	"actor_id" bigint,
	"actor_role" text NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"chat_id" bigint NOT NULL,
	"report_id" bigint NOT NULL,
	"message_id" integer NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cards_chat_id_report_id_pk" PRIMARY KEY("chat_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dedupe_key" text NOT NULL,
	"chat_id" bigint NOT NULL,
	"resident_id" bigint,
	"report_id" bigint,
	"kind" text NOT NULL,
	"params" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp (3) with time zone,
	"failure" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "notices_dedupe_key" UNIQUE("dedupe_key"),
	CONSTRAINT "notices_state" CHECK ("notices"."state" in ('waiting', 'sent', 'undeliverable', 'dropped')),
	CONSTRAINT "notices_settled" CHECK (("notices"."state" = 'waiting') = ("notices"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "photos_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"report_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"file_id" text NOT NULL,
	"file_unique_id" text NOT NULL,
	"is_document" boolean NOT NULL,
	CONSTRAINT "photos_position" CHECK ("photos"."position" between 0 and 9)
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"draft_id" uuid NOT NULL,
	"author_id" bigint,
	"status" text NOT NULL,
	"outcome" text,
	"version" integer DEFAULT 1 NOT NULL,
	"topic_id" text NOT NULL,
	"district_id" text NOT NULL,
	"agency_id" text,
	"lat" double precision,
	"lon" double precision,
	"address" text,
	"description" text NOT NULL,
	"answers" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"assigned_at" timestamp (3) with time zone,
	"next_tick_at" timestamp (3) with time zone,
	CONSTRAINT "reports_draft_id" UNIQUE("draft_id"),
	CONSTRAINT "reports_status" CHECK ("reports"."status" in ('submitted', 'needs_info', 'rejected', 'merged', 'withdrawn', 'assigned', 'planned', 'answered', 'published', 'disputed', 'closed')),
	CONSTRAINT "reports_outcome" CHECK ("reports"."outcome" in ('confirmed', 'unverified', 'answer_upheld', 'not_fixable')),
	CONSTRAINT "reports_closed_has_outcome" CHECK (("reports"."status" = 'closed') = ("reports"."outcome" is not null)),
	CONSTRAINT "reports_owed_has_date" CHECK (("reports"."status" in ('submitted', 'needs_info', 'assigned', 'planned', 'answered', 'published', 'disputed')) = ("reports"."due_at" is not null)),
	CONSTRAINT "reports_passed_on_has_agency" CHECK (not ("reports"."status" in ('assigned', 'planned', 'answered', 'published', 'disputed')) or ("reports"."agency_id" is not null and "reports"."assigned_at" is not null)),
	CONSTRAINT "reports_point" CHECK (("reports"."lat" is null) = ("reports"."lon" is null) and "reports"."lat" between -90 and 90 and "reports"."lon" between -180 and 180),
	CONSTRAINT "reports_version" CHECK ("reports"."version" >= 1),
	CONSTRAINT "reports_order" CHECK ("reports"."status_at" >= "reports"."created_at" and "reports"."assigned_at" >= "reports"."created_at")
);
--> statement-breakpoint
CREATE TABLE "residents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "residents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"telegram_id" bigint,
	"name" text,
	"locale" text NOT NULL,
	"consent_version" integer,
	"consent_at" timestamp (3) with time zone,
	"blocked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "residents_telegram" UNIQUE("telegram_id"),
	CONSTRAINT "residents_telegram_id" CHECK ("residents"."telegram_id" > 0),
	CONSTRAINT "residents_consent" CHECK (("residents"."consent_version" is null) = ("residents"."consent_at" is null))
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"resident_id" bigint NOT NULL,
	"role" text NOT NULL,
	"agency_id" text,
	"granted_by_id" bigint,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "grants_role" CHECK ("grants"."role" in ('editor', 'officer', 'inspector', 'operator', 'admin')),
	CONSTRAINT "grants_agency" CHECK (("grants"."role" = 'officer') = ("grants"."agency_id" is not null)),
	CONSTRAINT "grants_removed" CHECK ("grants"."removed_at" >= "grants"."granted_at")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"agency_id" text,
	"created_by_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_by_id" bigint,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_hash" CHECK ("invitations"."token_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('editor', 'officer', 'inspector', 'operator', 'admin')),
	CONSTRAINT "invitations_agency" CHECK (("invitations"."role" = 'officer') = ("invitations"."agency_id" is not null)),
	CONSTRAINT "invitations_expires" CHECK ("invitations"."expires_at" > "invitations"."created_at"),
	CONSTRAINT "invitations_used" CHECK (("invitations"."used_by_id" is null) = ("invitations"."used_at" is null))
);
--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_bound_by_id_residents_id_fk" FOREIGN KEY ("bound_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_actor_id_residents_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_author_id_residents_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_granted_by_id_residents_id_fk" FOREIGN KEY ("granted_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_id_residents_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_used_by_id_residents_id_fk" FOREIGN KEY ("used_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "handled_updates_handled" ON "handled_updates" USING btree ("handled_at");--> statement-breakpoint
CREATE INDEX "events_report" ON "events" USING btree ("report_id","id");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "notices_waiting" ON "notices" USING btree ("chat_id","id") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "photos_report" ON "photos" USING btree ("report_id","position");--> statement-breakpoint
CREATE INDEX "reports_author" ON "reports" USING btree ("author_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reports_queue" ON "reports" USING btree ("status_at","id") WHERE "reports"."status" = 'submitted';--> statement-breakpoint
CREATE INDEX "reports_open_place" ON "reports" USING btree ("lat","lon") WHERE "reports"."status" in ('assigned', 'planned', 'answered', 'published', 'disputed');--> statement-breakpoint
CREATE INDEX "reports_tick" ON "reports" USING btree ("next_tick_at") WHERE "reports"."next_tick_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "grants_current" ON "grants" USING btree ("resident_id","role") WHERE "grants"."removed_at" is null;