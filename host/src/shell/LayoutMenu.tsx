import { i18n } from '../language/i18n';
import { layoutItems } from './commands';
import type { DashboardController } from './dashboardController';
import { Icon } from './Icon';
import { Menu } from './Menu';
import type { OpenLayout } from './openLayout';
import { useStore } from './useStore';

/** What can be done with the layout as a whole. */
export function LayoutMenu({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  useStore(open.session.store);
  useStore(open.mode);
  useStore(controller.store);
  return (
    <Menu
      label={i18n.t('Layout actions')}
      className="button quiet icon-only narrow"
      button={<Icon name="dots" />}
      items={layoutItems(controller, open)}
    />
  );
}
