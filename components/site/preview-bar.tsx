/** What stands over a preview: that it is one, and until when. `contents` leads back to the issue that it is part of. */
export function PreviewBar({
  until,
  timeZone,
  contents,
}: {
  until: Date;
  timeZone: string;
  contents: string | null;
}) {
  return (
    <aside
      aria-label="Preview"
      className="no-print border-b border-accent bg-raised font-sans text-[0.95rem] lining-nums"
    >
      <p className="page flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5">
        <strong>Preview, not published</strong>
        <span>
          This link works until{' '}
          <time dateTime={until.toISOString()}>{untilText(until, timeZone)}</time>. Please don’t
          pass it on.
        </span>
        {contents && (
          <a href={contents} className="link ml-auto">
            All of the issue
          </a>
        )}
      </p>
    </aside>
  );
}

/** The same for a link that was never there, is over or was closed. */
export function PreviewClosed() {
  return (
    <div className="page py-20 text-center">
      <p className="label text-accent">404</p>
      <h1 className="mt-2 text-[clamp(2.2rem,1.4rem+3.4vw,4rem)] leading-tight font-semibold">
        This preview is not open
      </h1>
      <p className="mx-auto mt-4 max-w-[46ch] text-muted italic">
        Links to what is not published yet work for some days only, and the address has to be whole.
        Whoever sent it to you can send you another one.
      </p>
      <p className="mt-8">
        <a href="/" className="button">
          To the magazine
        </a>
      </p>
    </div>
  );
}

function untilText(until: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(until);
}
