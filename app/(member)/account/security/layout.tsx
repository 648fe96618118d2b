import '../../../dashboard/dashboard.css';
import type { ReactNode } from 'react';

/** Drawn with the office's parts, so it needs the office's styles. */
export default function SecurityLayout({ children }: { children: ReactNode }) {
  return children;
}
