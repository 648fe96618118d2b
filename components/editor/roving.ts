import type { KeyboardEvent } from 'react';

/** Arrow keys, Home and End inside a toolbar. Up and down stay with a select that has the focus. */
export function onArrowKeys(event: KeyboardEvent<HTMLElement>): void {
  const tools = visibleTools(event.currentTarget);
  const here = tools.indexOf(event.target as HTMLElement);
  const last = tools.length - 1;
  if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = {
    ArrowRight: here === last ? 0 : here + 1,
    ArrowLeft: here === 0 ? last : here - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  tools[next]?.focus();
}

/** Makes one tool of a toolbar the one that Tab stops at: `wanted`, else the one that is it already, else the first. */
export function keepOneStop(toolbar: HTMLElement, wanted?: EventTarget): void {
  const tools = visibleTools(toolbar);
  const stop =
    tools.find((tool) => tool === wanted) ??
    tools.find((tool) => tool.tabIndex === 0 && tool.dataset.stop) ??
    tools[0];
  for (const tool of toolbar.querySelectorAll<HTMLElement>('[data-tool]')) {
    tool.tabIndex = tool === stop ? 0 : -1;
    if (tool === stop) tool.dataset.stop = 'true';
    else delete tool.dataset.stop;
  }
}

function visibleTools(toolbar: HTMLElement): HTMLElement[] {
  return [...toolbar.querySelectorAll<HTMLElement>('[data-tool]')].filter(
    (tool) => tool.offsetParent !== null,
  );
}
