type Place =
  | { kind: 'article'; id: string }
  | { kind: 'head' }
  | { kind: 'plan' }
  | { kind: 'pages' }
  | { kind: 'offers' };

type Found = { what: string; why: string; place: Place };

/** What must be mended before an issue can come out, in words, each leading to where that is done. */
export function BlockerList({ blockers, issueId = '' }: { blockers: Found[]; issueId?: string }) {
  if (blockers.length === 0) return <p>Nothing holds it up: it can come out.</p>;
  return (
    <>
      <p>Before it can come out:</p>
      <FoundList found={blockers} issueId={issueId} />
    </>
  );
}

/** Things that were found, each leading to the place that they are mended at. */
export function FoundList({ found, issueId }: { found: Found[]; issueId: string }) {
  return (
    <ul className="mt-1 list-disc pl-5">
      {found.map(({ what, why, place }) => (
        <li key={what + why} className="wrap-anywhere">
          <a href={hrefOf(place, issueId)} className="link inline-block py-0.5 align-top">
            {[what, why].filter(Boolean).join(' ')}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A part of the issue's page, from that page itself (no id) or from another one. */
function hrefOf(place: Place, issueId: string): string {
  if (place.kind === 'article') return `/dashboard/articles/${place.id}`;
  return `${issueId && `/dashboard/issues/${issueId}`}#${place.kind}`;
}
