CREATE TABLE "channel_posts" (
	"chat_id" bigint NOT NULL,
	"report_id" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"kind" text NOT NULL,
	"message_ids" integer[] NOT NULL,
	"pictures" text[] NOT NULL,
	"hash" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "channel_posts_chat_id_report_id_cycle_kind_pk" PRIMARY KEY("chat_id","report_id","cycle","kind"),
	CONSTRAINT "channel_posts_kind" CHECK ("channel_posts"."kind" in ('answer', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "agency_systems" (
	"agency_id" text PRIMARY KEY NOT NULL,
	"resident_id" bigint NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"failure" text,
	"told_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "relay_updates" (
	"relay_id" bigint NOT NULL,
	"their_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "relay_updates_relay_id_their_id_pk" PRIMARY KEY("relay_id","their_id")
);
--> statement-breakpoint
CREATE TABLE "relays" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relays_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"report_id" bigint NOT NULL,
	"agency_id" text NOT NULL,
	"cycle" integer NOT NULL,
	"state" text NOT NULL,
	"token" text,
	"their_id" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"heard_until" timestamp (3) with time zone,
	"next_tick_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "relays_cycle" UNIQUE("report_id","agency_id","cycle"),
	CONSTRAINT "relays_state" CHECK ("relays"."state" in ('waiting', 'unclear', 'accepted', 'open', 'refused', 'ended')),
	CONSTRAINT "relays_known_there" CHECK ("relays"."state" <> 'open' or "relays"."their_id" is not null),
	CONSTRAINT "relays_accepted" CHECK ("relays"."state" <> 'accepted' or "relays"."token" is not null)
);
--> statement-breakpoint
ALTER TABLE "chats" DROP CONSTRAINT "chats_purpose";--> statement-breakpoint
ALTER TABLE "digests" DROP CONSTRAINT "digests_kind";--> statement-breakpoint
ALTER TABLE "channel_posts" ADD CONSTRAINT "channel_posts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_systems" ADD CONSTRAINT "agency_systems_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_updates" ADD CONSTRAINT "relay_updates_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relays" ADD CONSTRAINT "relays_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "relays_tick" ON "relays" USING btree ("next_tick_at") WHERE "relays"."next_tick_at" is not null;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_purpose" CHECK ("chats"."purpose" in ('editors', 'agency', 'channel'));--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_kind" CHECK ("digests"."kind" in ('agency', 'editors', 'inspectors', 'admins', 'channel'));