'use client';

/** 500: something of ours broke. The reader learns that, the operator finds the rest in the log by the reference. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="page py-20 text-center">
      <p className="label text-accent">500</p>
      <h1 className="mt-2 text-[clamp(2.2rem,1.4rem+3.4vw,4rem)] leading-tight font-semibold">
        Something broke on our side
      </h1>
      <p className="mx-auto mt-4 max-w-[46ch] text-muted italic">
        Nothing you did caused it, and nothing you sent was lost that we had taken. Please try again
        in a moment.
      </p>
      {error.digest && <p className="mt-4 text-[0.9rem] text-muted">Reference: {error.digest}</p>}
      <p className="mt-8">
        <a href="/" className="button">
          To the front page
        </a>
      </p>
    </main>
  );
}
