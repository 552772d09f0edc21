import type { MouseEvent, ReactNode } from 'react';
import type { Desk } from './desk';

/** A link within the dashboard; with a modifier key it does what links do. */
export function PlaceLink({ desk, path, children }: { desk: Desk; path: string; children: ReactNode }) {
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    desk.openDialog(null);
    void desk.go(path);
  };
  return (
    <a className="link" href={path} onClick={go}>
      {children}
    </a>
  );
}
