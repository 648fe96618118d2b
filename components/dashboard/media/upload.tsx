'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { MediaIntake } from '#components/dashboard/media/intake.tsx';
import { type AddPicture, useMediaQueue } from '#components/dashboard/media/queue.ts';

/** The library's own way in: as many files as one likes. What was added shows below at once. */
export function MediaUpload({ addPicture }: { addPicture: AddPicture }) {
  const router = useRouter();
  const [added, setAdded] = useState('');
  const onAdded = useCallback(
    ({ alt }: { alt: string }) => {
      setAdded(`Added: ${alt}`);
      router.refresh();
    },
    [router],
  );
  const queue = useMediaQueue(addPicture, onAdded);
  const waiting = queue.items.length > 0;
  useEffect(() => {
    if (!waiting) return;
    // Whoever leaves would lose the descriptions that they have written.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [waiting]);
  return (
    <section aria-label="Add pictures" className="mb-8">
      <MediaIntake queue={queue} several onUse={null} />
      <p role="status" className="mt-2 truncate text-[0.9rem] text-muted">
        {added}
      </p>
    </section>
  );
}
