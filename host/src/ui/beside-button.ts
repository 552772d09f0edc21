/**
 * Puts a popover that has just opened below its button, or above where there is no room below, within the window; and keeps it there until it
 * closes, whatever becomes of the window: a phone that is turned, a keyboard that comes up.
 */
export function keepBeside(popover: HTMLElement, button: HTMLElement, align: 'start' | 'end' = 'start'): void {
  const place = (): void => {
    const from = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popover;
    const below = from.bottom + GAP;
    const top = below + height > innerHeight - EDGE ? Math.max(EDGE, from.top - height - GAP) : below;
    const left = align === 'end' ? from.right - width : from.left;
    popover.style.top = `${top}px`;
    popover.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  };
  const closed = new AbortController();
  popover.addEventListener('toggle', ({ newState }) => newState === 'closed' && closed.abort(), { signal: closed.signal });
  addEventListener('resize', place, { signal: closed.signal });
  place();
}

const GAP = 4;
const EDGE = 8;
