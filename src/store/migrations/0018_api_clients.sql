CREATE TABLE "api_clients" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_clients_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"key_hash" text NOT NULL,
	"per_day" integer NOT NULL,
	"per_minute" integer NOT NULL,
	"created_by_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "api_clients_key" UNIQUE("key_hash"),
	CONSTRAINT "api_clients_hash" CHECK ("api_clients"."key_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "api_clients_limits" CHECK ("api_clients"."per_day" >= 1 and "api_clients"."per_minute" >= 1)
);
--> statement-breakpoint
ALTER TABLE "photos" ALTER COLUMN "file_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ALTER COLUMN "file_unique_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "source_url" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "client_id" bigint;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_created_by_id_residents_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."residents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_clients_name" ON "api_clients" USING btree (lower("name")) WHERE "api_clients"."disabled_at" is null;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reports_client" ON "reports" USING btree ("client_id","created_at") WHERE "reports"."client_id" is not null;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_source" CHECK (("photos"."file_id" is null) = ("photos"."file_unique_id" is null) and ("photos"."file_id" is null) = ("photos"."source_url" is not null));--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_client_or_author" CHECK ("reports"."client_id" is null or "reports"."author_id" is null);