-- What the schema files can't say.

-- An article points at its revisions and each revision at its article: both rows are made in one transaction.
ALTER TABLE "articles" ALTER CONSTRAINT "articles_draft_revision_own" DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE "articles" ALTER CONSTRAINT "articles_published_revision_own" DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint

-- The log of who did what is written and read, never changed.
CREATE FUNCTION "audit_entries_are_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed or deleted';
END;
$$;--> statement-breakpoint
CREATE TRIGGER "audit_entries_final" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entries_are_final"();--> statement-breakpoint

-- A revision that the public has read stays as it was.
CREATE FUNCTION "published_revisions_are_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND
     (NEW.title, NEW.kicker, NEW.standfirst, NEW.body, NEW.access) IS DISTINCT FROM
     (OLD.title, OLD.kicker, OLD.standfirst, OLD.body, OLD.access) THEN
    RAISE EXCEPTION 'revision % was published and is frozen', OLD.id;
  END IF;
  RETURN NEW;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "article_revisions_frozen" BEFORE UPDATE ON "article_revisions"
  FOR EACH ROW EXECUTE FUNCTION "published_revisions_are_frozen"();--> statement-breakpoint

-- Search: what readers type is matched against the words of titles first, of the text last.
CREATE INDEX "article_revisions_search_idx" ON "article_revisions" USING gin (
  (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', kicker || ' ' || standfirst), 'B')
   || setweight(to_tsvector('english', plain_text), 'D'))
);--> statement-breakpoint

-- Counters of the rate limits; the library that counts expects exactly these columns.
CREATE TABLE "rate_limits" ("key" varchar(255) PRIMARY KEY, "points" integer NOT NULL DEFAULT 0, "expire" bigint);
