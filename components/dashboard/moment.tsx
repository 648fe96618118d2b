'use client';

import { formatMoment } from '#components/dashboard/moment-text.ts';
import { useZone } from '#components/dashboard/zone.tsx';
import { formatDay } from '#components/site/day.tsx';

/** A point in time to the minute, as the magazine's clocks show it, and saying so; `day`: the day alone. */
export function Moment({ date, day = false }: { date: Date; day?: boolean }) {
  const zone = useZone();
  // Browsers differ from the server in how they abbreviate some zones.
  return (
    <time dateTime={date.toISOString()} suppressHydrationWarning>
      {day ? formatDay(date, zone) : formatMoment(date, zone)}
    </time>
  );
}
