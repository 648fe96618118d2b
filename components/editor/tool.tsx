'use client';

import type { ReactNode } from 'react';

/**
 * A button of a toolbar. One that can't be used stays where it is and can still be focused, so that the arrow keys don't
 * lose their place. Pressing it with the mouse leaves the cursor in the text.
 */
export function Tool({
  label,
  hint,
  pressed,
  disabled = false,
  expanded,
  className,
  onPress,
  children,
}: {
  label: string;
  hint?: string;
  pressed?: boolean;
  disabled?: boolean;
  expanded?: boolean;
  className?: string;
  onPress: () => void;
  children?: ReactNode;
}) {
  return (
    <button
      type="button"
      data-tool=""
      className={className ? `editor-tool ${className}` : 'editor-tool'}
      aria-label={children ? label : undefined}
      title={hint ? `${label} (${hint})` : label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-disabled={disabled || undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !disabled && onPress()}
    >
      {children ?? label}
    </button>
  );
}
