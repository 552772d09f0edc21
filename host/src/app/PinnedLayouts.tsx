import type { Pin } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { pinPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { Menu } from '../ui/Menu';
import { useMedia } from '../ui/use-media';
import { useStore } from '../ui/use-store';

/** The layouts that a department pins, with the keys that lead to them; nothing where there is only one. */
export function PinnedLayouts({ controller, pin }: { controller: DashboardController; pin: Pin }) {
  const { coming } = useStore(controller.store);
  // A power user's tabs take the room.
  const roomy = useMedia(controller.powerUser ? '(min-width: 1600px)' : '(min-width: 1101px)');
  const { department, layout: shown, pinned } = pin;
  if (pinned.length < 2) return null;
  const label = i18n.t('Pinned by {title}', { title: department.title });
  const places = pinned.map(({ layout, title }, at) => ({ layout, title, key: at + 1, path: pinPath(department, layout) }));
  const current = places.find(({ layout }) => layout === shown);
  return (
    <nav className="pinned-layouts" aria-label={label} data-menu={roomy ? undefined : ''}>
      {roomy ? (
        places.map(({ layout, title, key, path }) => (
          <PlaceLink
            key={layout}
            className="pinned-layout"
            controller={controller}
            path={path}
            current={layout === shown}
            aria-busy={coming?.path === path ? true : undefined}
            aria-label={`${key} ${title}`}
            title={`${title} (${key})`}
          >
            <kbd>{key}</kbd>
            <span>{title}</span>
          </PlaceLink>
        ))
      ) : (
        <Menu
          label={current ? `${label}: ${current.key} ${current.title}` : label}
          button={
            <>
              <kbd>
                {current?.key ?? ''}/{places.length}
              </kbd>
              <Icon name="caret" size={12} />
            </>
          }
          items={places.map(({ layout, title, key, path }) => ({
            label: title,
            detail: String(key),
            checked: layout === shown,
            href: path,
            run: () => void controller.go(path),
          }))}
        />
      )}
    </nav>
  );
}
