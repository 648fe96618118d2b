import '../../../dashboard/dashboard.css';
import type { ReactNode } from 'react';

/** The question is drawn with the office's parts, so it needs the office's styles. */
export default function SecondLayout({ children }: { children: ReactNode }) {
  return children;
}
