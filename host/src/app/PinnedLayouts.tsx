import type { Pin } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { pinPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { useStore } from '../ui/use-store';

/** The layouts that a department pins, with the keys that lead to them; nothing where there is only one. */
export function PinnedLayouts({ controller, pin, named }: { controller: DashboardController; pin: Pin; named: boolean }) {
  const { coming } = useStore(controller.store);
  const { department, layout: shown, pinned } = pin;
  if (pinned.length < 2) return null;
  return (
    <nav
      className="pinned-layouts"
      aria-label={i18n.t('Pinned by {title}', { title: department.title })}
      data-named={named ? '' : undefined}
    >
      {pinned.map(({ layout, title }, at) => (
        <PlaceLink
          key={layout}
          className="pinned-layout"
          controller={controller}
          path={pinPath(department, layout)}
          current={layout === shown}
          aria-busy={coming?.path === pinPath(department, layout) ? true : undefined}
          aria-label={`${at + 1} ${title}`}
          title={`${title} (${at + 1})`}
        >
          <kbd>{at + 1}</kbd>
          <span>{title}</span>
        </PlaceLink>
      ))}
    </nav>
  );
}
