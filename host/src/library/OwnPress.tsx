import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react';

interface OwnPressProps {
  className?: string;
  /** Every key, as in a menu that has arrows of its own; else Enter alone, and arrows lead on to the next card. */
  allKeys?: boolean;
  children: ReactNode;
}

/** Around a button or a link in a card that is pressed itself: what is done with it is not done with the card. */
export function OwnPress({ className, allKeys = false, children }: OwnPressProps) {
  const onKey = (event: KeyboardEvent): void => {
    if (allKeys || event.key === 'Enter') event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: there is nothing to do here
    <span className={className} onPointerDown={stop} onClick={stop} onKeyDown={onKey} onKeyUp={onKey}>
      {children}
    </span>
  );
}

const stop = (event: SyntheticEvent): void => event.stopPropagation();
