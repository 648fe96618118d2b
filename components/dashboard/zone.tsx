'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Zone = createContext('UTC');

/** Everything inside shows times as the clocks of the magazine do; `zone` is an IANA name. */
export function OfficeZone({ zone, children }: { zone: string; children: ReactNode }) {
  return <Zone value={zone}>{children}</Zone>;
}

export function useZone(): string {
  return useContext(Zone);
}
