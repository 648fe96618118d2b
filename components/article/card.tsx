import { bylineText } from '#components/article/byline.tsx';
import { Day } from '#components/site/day.tsx';
import { Caption, Picture } from '#components/ui/picture.tsx';
import type { ArticleCard as Card } from '#lib/articles/rules.ts';

/** An article in a list. The title is the link and covers the card, so that a screen reader hears it once. */
export function ArticleCard({
  article,
  level = 'h3',
  picture = true,
  caption = false,
  lead = false,
  dated = false,
  eager = false,
}: {
  article: Card;
  level?: 'h2' | 'h3';
  picture?: boolean;
  caption?: boolean;
  lead?: boolean;
  dated?: boolean;
  eager?: boolean;
}) {
  const Title = level;
  const over = article.kicker || article.section?.name;
  return (
    <article className="group relative flex min-w-0 flex-col wrap-anywhere">
      {picture && article.picture && (
        <figure className="mb-3">
          <Picture
            picture={article.picture}
            sizes={
              lead
                ? '(min-width: 64rem) 42rem, calc(100vw - 2.5rem)'
                : '(min-width: 64rem) 24rem, (min-width: 40rem) 45vw, calc(100vw - 2.5rem)'
            }
            eager={eager}
            decorative={!caption}
            className="aspect-3/2 w-full bg-raised object-cover"
          />
          {caption && <Caption picture={article.picture} />}
        </figure>
      )}
      {over && <p className="label text-accent">{over}</p>}
      <Title
        className={
          lead
            ? 'mt-1 text-[clamp(1.7rem,1.2rem+1.8vw,2.6rem)] leading-[1.12] font-semibold'
            : 'mt-0.5 text-[1.3rem] leading-[1.2] font-semibold'
        }
      >
        <a
          href={`/articles/${article.slug}`}
          className="after:absolute after:inset-0 group-hover:text-accent"
        >
          {article.title}
        </a>
      </Title>
      {article.standfirst && <p className="mt-1.5 text-[0.98rem]">{article.standfirst}</p>}
      <p className="mt-1.5 text-[0.92rem] text-muted">
        {article.bylines.length > 0 && (
          <span className="italic">{bylineText(article.bylines)}</span>
        )}
        {dated && article.bylines.length > 0 && '\u00a0· '}
        {dated && <Day date={article.publishedAt} />}
        {article.access === 'gated' && <span className="block">For readers of the issue</span>}
      </p>
    </article>
  );
}
