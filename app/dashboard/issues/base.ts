import type { IssueHead } from '#lib/publishing/issue-desk.ts';

/** An issue's head as its form sends it, to be kept beside the fields: what a save was made from. */
export function headBase(head: IssueHead): string {
  return JSON.stringify({
    title: head.title,
    slug: head.slug,
    volume: String(head.volume ?? ''),
    number: String(head.number),
    periodLabel: head.periodLabel,
    onSaleAt: head.onSaleAt.toISOString().slice(0, 10),
    description: head.description,
    pageCount: String(head.pageCount ?? ''),
    coverId: head.cover?.id ?? '',
    coverArtistId: head.coverArtistId ?? '',
  });
}
