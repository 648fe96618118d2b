-- For the office's search: any part of a word, in any language. A trusted extension: the database's owner may make it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TYPE "public"."article_stage" AS ENUM('draft', 'in_review', 'copy_edited', 'ready');--> statement-breakpoint
CREATE TYPE "public"."revision_origin" AS ENUM('work', 'restored', 'aside');--> statement-breakpoint
CREATE TYPE "public"."read_subject" AS ENUM('article', 'issue');--> statement-breakpoint
CREATE TYPE "public"."assignment_task" AS ENUM('write', 'edit', 'copy_edit', 'check_facts', 'find_pictures');--> statement-breakpoint
CREATE TABLE "revision_pictures" (
	"revision_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	CONSTRAINT "revision_pictures_revision_id_media_id_pk" PRIMARY KEY("revision_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	CONSTRAINT "series_slug_form" CHECK ("series"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "issue_departments" (
	"issue_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "issue_departments_issue_id_name_pk" PRIMARY KEY("issue_id","name"),
	CONSTRAINT "issue_departments_name" CHECK ("issue_departments"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "daily_reads" (
	"day" date NOT NULL,
	"subject_kind" "read_subject" NOT NULL,
	"subject_id" uuid NOT NULL,
	"reads" integer NOT NULL,
	CONSTRAINT "daily_reads_day_subject_kind_subject_id_pk" PRIMARY KEY("day","subject_kind","subject_id"),
	CONSTRAINT "daily_reads_count" CHECK ("daily_reads"."reads" > 0)
);
--> statement-breakpoint
CREATE TABLE "redirects" (
	"from_path" text PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"automatic" boolean DEFAULT false NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "redirects_from" CHECK ("redirects"."from_path" ~ '^/[^/]'),
	CONSTRAINT "redirects_other" CHECK ("redirects"."from_path" <> "redirects"."target")
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"user_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_user_id_hash_pk" PRIMARY KEY("user_id","hash")
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "article_editing" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"window_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"article_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"task" "assignment_task" NOT NULL,
	"due_on" date,
	"done_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comment_mentions" (
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "comment_mentions_comment_id_user_id_pk" PRIMARY KEY("comment_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"article_id" uuid NOT NULL,
	"parent_id" uuid,
	"author_id" uuid,
	"text" text NOT NULL,
	"anchor" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	CONSTRAINT "comments_text" CHECK ("comments"."text" <> ''),
	CONSTRAINT "comments_answer" CHECK ("comments"."parent_id" is null or "comments"."anchor" is null)
);
--> statement-breakpoint
CREATE TABLE "preview_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"article_id" uuid,
	"issue_id" uuid,
	"token_hash" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "preview_links_one" CHECK (("preview_links"."article_id" is null) <> ("preview_links"."issue_id" is null))
);
--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "stage" "article_stage" DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "series_part" integer;--> statement-breakpoint
ALTER TABLE "article_revisions" ADD COLUMN "origin" "revision_origin" DEFAULT 'work' NOT NULL;--> statement-breakpoint
ALTER TABLE "topics" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "editorial_id" uuid;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "page_count" integer;--> statement-breakpoint
ALTER TABLE "placements" ADD COLUMN "word_budget" integer;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "placeholder" text;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "main_menu" jsonb;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "footer_menu" jsonb;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "logo_id" uuid;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "accent_light" text;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "accent_dark" text;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "second_factor_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "second_factor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "revision_pictures" ADD CONSTRAINT "revision_pictures_revision_id_article_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."article_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_pictures" ADD CONSTRAINT "revision_pictures_media_id_media_assets_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media_assets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_departments" ADD CONSTRAINT "issue_departments_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_editing" ADD CONSTRAINT "article_editing_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_editing" ADD CONSTRAINT "article_editing_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "revision_pictures_media_idx" ON "revision_pictures" USING btree ("media_id");--> statement-breakpoint
CREATE UNIQUE INDEX "series_slug_key" ON "series" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "redirects_target_idx" ON "redirects" USING btree ("target");--> statement-breakpoint
CREATE INDEX "passkeys_user_idx" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_once_key" ON "assignments" USING btree ("article_id","user_id","task");--> statement-breakpoint
CREATE INDEX "assignments_user_idx" ON "assignments" USING btree ("user_id","done_at","due_on");--> statement-breakpoint
CREATE INDEX "comment_mentions_user_idx" ON "comment_mentions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "comments_article_idx" ON "comments" USING btree ("article_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "preview_links_token_key" ON "preview_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "preview_links_article_idx" ON "preview_links" USING btree ("article_id");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_editorial_id_articles_id_fk" FOREIGN KEY ("editorial_id") REFERENCES "public"."articles"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_logo_id_media_assets_id_fk" FOREIGN KEY ("logo_id") REFERENCES "public"."media_assets"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_series_idx" ON "articles" USING btree ("series_id","series_part");--> statement-breakpoint
CREATE INDEX "articles_stage_idx" ON "articles" USING btree ("stage");--> statement-breakpoint
CREATE INDEX "articles_created_by_idx" ON "articles" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "article_revisions_saved_idx" ON "article_revisions" USING btree ("saved_at");--> statement-breakpoint
CREATE INDEX "article_revisions_title_trgm_idx" ON "article_revisions" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_action_idx" ON "audit_entries" USING btree ("action","at");--> statement-breakpoint
CREATE INDEX "contributors_name_trgm_idx" ON "contributors" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "media_assets_hash_idx" ON "media_assets" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "media_assets_created_idx" ON "media_assets" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "media_assets_words_trgm_idx" ON "media_assets" USING gin (("filename" || ' ' || "alt" || ' ' || "caption" || ' ' || "credit") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_email_trgm_idx" ON "users" USING gin ("email" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_series_part" CHECK ("articles"."series_part" is null or "articles"."series_part" > 0);--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_slug_form" CHECK ("topics"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_plan" CHECK (("placements"."page_count" is null or "placements"."page_count" > 0) and ("placements"."word_budget" is null or "placements"."word_budget" > 0));--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_accents" CHECK ("publication"."accent_light" ~ '^#[0-9a-f]{6}$' and "publication"."accent_dark" ~ '^#[0-9a-f]{6}$');--> statement-breakpoint

-- Where a picture is used is read from the text itself, whoever wrote it. What names no picture of ours is passed over.
CREATE FUNCTION "revision_pictures_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM revision_pictures WHERE revision_id = NEW.id;
  INSERT INTO revision_pictures (revision_id, media_id)
    SELECT NEW.id, m.id FROM media_assets m WHERE m.id IN (
      SELECT NEW.picture_id
      UNION
      SELECT (named #>> '{}')::uuid
        FROM (SELECT jsonb_path_query(NEW.body, '$.**.mediaId') AS named
              UNION ALL
              SELECT jsonb_path_query(NEW.body, '$.**.mediaIds[*]')) shown
       WHERE named #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    );
  RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "article_revisions_pictured" AFTER INSERT OR UPDATE OF "body", "picture_id" ON "article_revisions"
  FOR EACH ROW EXECUTE FUNCTION "revision_pictures_follow"();--> statement-breakpoint
INSERT INTO "revision_pictures" ("revision_id", "media_id")
  SELECT DISTINCT r.id, m.id
    FROM article_revisions r,
         LATERAL (SELECT r.picture_id::text AS named
                  UNION ALL SELECT jsonb_path_query(r.body, '$.**.mediaId') #>> '{}'
                  UNION ALL SELECT jsonb_path_query(r.body, '$.**.mediaIds[*]') #>> '{}') shown
    JOIN media_assets m ON m.id::text = shown.named;
