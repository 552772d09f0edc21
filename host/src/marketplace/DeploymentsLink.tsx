import type { WidgetSummary } from '@datamesh/contracts';
import { i18n } from '../language/i18n';
import type { Desk } from '../shell/desk';
import { PlaceLink } from '../shell/PlaceLink';
import { deploymentsPath } from '../shell/route';
import { useStore } from '../shell/useStore';
import { looksAfter } from './looksAfter';

/** The way to what runs of a widget, for its team and administrators. */
export function DeploymentsLink({ desk, widget }: { desk: Desk; widget: Pick<WidgetSummary, 'name' | 'publisher'> }) {
  const { user } = useStore(desk.store).session;
  if (!looksAfter(user, widget)) return null;
  return (
    <PlaceLink desk={desk} path={deploymentsPath(widget.name)}>
      {i18n.t('What runs where')}
    </PlaceLink>
  );
}
