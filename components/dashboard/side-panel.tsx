import type { ReactNode } from 'react';

/** A part of a workspace's side column: its heading opens and closes it. `aside` stays in sight when it is closed. */
export function SidePanel({
  title,
  aside,
  open = true,
  children,
}: {
  title: string;
  aside?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group border-t border-rule py-1">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
        <span
          aria-hidden="true"
          className="inline-block w-3 text-muted group-open:rotate-90 motion-safe:transition-transform"
        >
          ›
        </span>
        <h2 className="font-semibold">{title}</h2>
        {aside && <span className="ml-auto text-[0.85rem] text-muted">{aside}</span>}
      </summary>
      <div className="pb-4">{children}</div>
    </details>
  );
}
