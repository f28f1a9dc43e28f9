CREATE TABLE "ban_marks" (
	"mark" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ban_marks_mark" CHECK ("ban_marks"."mark" ~ '^[0-9a-f]{64}$')
);
