CREATE TYPE "public"."price_tier" AS ENUM('reduced', 'standard', 'supporter', 'chosen');--> statement-breakpoint
ALTER TABLE "plan_prices" ADD COLUMN "tier" "price_tier" DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_prices" DROP CONSTRAINT "plan_prices_plan_id_currency_pk";--> statement-breakpoint
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_plan_id_currency_tier_pk" PRIMARY KEY("plan_id","currency","tier");--> statement-breakpoint
ALTER TABLE "plan_prices" ADD COLUMN "minimum" integer;--> statement-breakpoint
ALTER TABLE "plan_prices" ADD COLUMN "maximum" integer;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "renews" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What was offered by time so far was meant to go on; the version before this one makes no plans but the demo's.
UPDATE "plans" SET "renews" = true WHERE "interval" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "trial_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "trial_needs_card" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "issues_per_year" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_bounded" CHECK (("plan_prices"."tier" = 'chosen') = ("plan_prices"."minimum" is not null) and ("plan_prices"."tier" = 'chosen') = ("plan_prices"."maximum" is not null));--> statement-breakpoint
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_bounds" CHECK ("plan_prices"."minimum" >= 0 and "plan_prices"."minimum" <= "plan_prices"."amount" and "plan_prices"."amount" <= "plan_prices"."maximum");--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_renews" CHECK (not "plans"."renews" or "plans"."interval" is not null);--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_trial" CHECK ("plans"."trial_days" between 0 and 90 and ("plans"."trial_days" = 0 or "plans"."interval" is not null));--> statement-breakpoint
-- Nothing kept anybody from promising an end before the beginning.
UPDATE "postage_zones" SET "min_days" = greatest("min_days", 1), "max_days" = greatest("max_days", "min_days", 1)
  WHERE "min_days" < 1 OR "max_days" < "min_days";--> statement-breakpoint
ALTER TABLE "postage_zones" ADD CONSTRAINT "postage_zones_days" CHECK ("postage_zones"."min_days" > 0 and "postage_zones"."min_days" <= "postage_zones"."max_days");--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_issues_per_year" CHECK ("publication"."issues_per_year" between 1 and 52);