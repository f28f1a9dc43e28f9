CREATE TABLE "mutes" (
	"report_id" bigint NOT NULL,
	"resident_id" bigint NOT NULL,
	"muted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mutes_resident_id_report_id_pk" PRIMARY KEY("resident_id","report_id")
);
--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "quiet_from" integer DEFAULT 22;--> statement-breakpoint
ALTER TABLE "residents" ADD COLUMN "quiet_until" integer DEFAULT 8;--> statement-breakpoint
ALTER TABLE "mutes" ADD CONSTRAINT "mutes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mutes" ADD CONSTRAINT "mutes_resident_id_residents_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residents" ADD CONSTRAINT "residents_quiet" CHECK (("residents"."quiet_from" is null) = ("residents"."quiet_until" is null) and "residents"."quiet_from" between 0 and 23 and "residents"."quiet_until" between 0 and 23 and "residents"."quiet_from" <> "residents"."quiet_until");