import type { DashboardController } from '../dashboard/dashboard-controller';
import type { OpenLayout } from '../dashboard/open-layout';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { Menu } from '../ui/Menu';
import { useStore } from '../ui/use-store';
import { layoutItems } from './commands';

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
