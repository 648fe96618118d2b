/** What must be mended before an issue can come out, in words. */
export function BlockerList({ blockers }: { blockers: { what: string; why: string }[] }) {
  if (blockers.length === 0) return <p>Nothing holds it up: it can come out.</p>;
  return (
    <>
      <p>Before it can come out:</p>
      <ul className="mt-1 list-disc pl-5">
        {blockers.map(({ what, why }) => (
          <li key={what + why} className="wrap-anywhere">
            {what} {why}
          </li>
        ))}
      </ul>
    </>
  );
}
