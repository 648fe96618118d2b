-- Search looks through a table of its own: what is ranked is read and not worked out again for each match.
CREATE TABLE "article_search" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"head" "tsvector" NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "article_search" ADD CONSTRAINT "article_search_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- The words of a body lie apart and as they are, so that the newest of many matches are found in few pages.
ALTER TABLE "article_search" ALTER COLUMN "words" SET STORAGE EXTERNAL, SET (toast_tuple_target = 256);--> statement-breakpoint

CREATE FUNCTION "search_head"(title text, kicker text, standfirst text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', kicker || ' ' || standfirst), 'B')
$$;--> statement-breakpoint

-- At the commit, since an article is written before its revision; then the article's last state counts.
CREATE FUNCTION "article_search_follows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM article_search WHERE article_id = NEW.id;
  INSERT INTO article_search (article_id, published_at, head, words)
    SELECT a.id, a.published_at, h.head, h.head || setweight(to_tsvector('english', r.plain_text), 'D')
      FROM articles a JOIN article_revisions r ON r.id = a.published_revision_id,
           LATERAL (SELECT search_head(r.title, r.kicker, r.standfirst) AS head) h
     WHERE a.id = NEW.id;
  RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "articles_searched" AFTER INSERT OR UPDATE OF "published_revision_id", "published_at" ON "articles"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "article_search_follows"();--> statement-breakpoint

INSERT INTO "article_search" ("article_id", "published_at", "head", "words")
  SELECT a.id, a.published_at, h.head, h.head || setweight(to_tsvector('english', r.plain_text), 'D')
    FROM articles a JOIN article_revisions r ON r.id = a.published_revision_id,
         LATERAL (SELECT search_head(r.title, r.kicker, r.standfirst) AS head) h;--> statement-breakpoint
CREATE INDEX "article_search_head_idx" ON "article_search" USING gin ("head");--> statement-breakpoint
CREATE INDEX "article_search_words_idx" ON "article_search" USING gin ("words");--> statement-breakpoint
DROP INDEX "article_revisions_search_idx";
