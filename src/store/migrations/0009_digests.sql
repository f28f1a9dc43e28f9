CREATE TABLE "digests" (
	"kind" text PRIMARY KEY NOT NULL,
	"ticked_at" timestamp (3) with time zone,
	"next_tick_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digests_kind" CHECK ("digests"."kind" in ('agency', 'editors', 'inspectors', 'admins'))
);
