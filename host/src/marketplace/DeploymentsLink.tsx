import type { WidgetSummary } from '@datamesh/contracts';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { deploymentsPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { useStore } from '../ui/use-store';
import { looksAfter } from './looks-after';

/** The way to what runs of a widget, for its team and administrators. */
export function DeploymentsLink({
  controller,
  widget,
}: {
  controller: DashboardController;
  widget: Pick<WidgetSummary, 'name' | 'publisher'>;
}) {
  const { user } = useStore(controller.store).session;
  if (!looksAfter(user, widget)) return null;
  return (
    <PlaceLink controller={controller} path={deploymentsPath(widget.name)}>
      {i18n.t('What runs where')}
    </PlaceLink>
  );
}
