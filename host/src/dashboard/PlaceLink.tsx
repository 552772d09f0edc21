import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import type { DashboardController } from './dashboard-controller';

interface PlaceLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
  controller: DashboardController;
  path: string;
  /** Of one of several: that it leads to what is shown. */
  current?: boolean;
}

/** A link within the dashboard; with a modifier key it does what links do. */
export function PlaceLink({ controller, path, current = false, ...rest }: PlaceLinkProps) {
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    controller.openDialog(null);
    void controller.go(path);
  };
  return <a className="link" {...rest} href={path} aria-current={current ? 'page' : undefined} onClick={go} />;
}
