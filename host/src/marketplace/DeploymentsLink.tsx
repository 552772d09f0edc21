import type { WidgetSummary } from '@datamesh/contracts';
import { i18n } from '../language/i18n';
import type { DashboardController } from '../shell/dashboardController';
import { PlaceLink } from '../shell/PlaceLink';
import { deploymentsPath } from '../shell/route';
import { useStore } from '../shell/useStore';
import { looksAfter } from './looksAfter';

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
