'use client';

import { usePathname } from 'next/navigation';

/** A place of the dashboard, which says when one is there or at something that belongs to it. */
export function NavigationLink({ href, name }: { href: string; name: string }) {
  const path = usePathname();
  const here = path === href || (href !== '/dashboard' && path.startsWith(`${href}/`));
  return (
    <a
      href={href}
      aria-current={here ? (path === href ? 'page' : 'true') : undefined}
      className="quiet-link inline-block py-1.5 aria-[current]:font-semibold aria-[current]:text-accent lg:py-1 pointer-coarse:py-2"
    >
      {name}
    </a>
  );
}
