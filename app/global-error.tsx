'use client';

import './globals.css';

/** 500 where not even the frame of the page could be made: the database is away, say. Stands alone. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something broke on our side</title>
        <main className="page py-20 text-center">
          <p className="label text-accent">500</p>
          <h1 className="mt-2 text-4xl leading-tight font-semibold">Something broke on our side</h1>
          <p className="mx-auto mt-4 max-w-[46ch] text-muted italic">
            Nothing you did caused it. Please try again in a moment.
          </p>
          {error.digest && <p className="mt-4 text-muted">Reference: {error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
