import type { HoldingLayout, WidgetDetail } from '@datamesh/contracts';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { api, ask } from '../api/client';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { layoutPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { ago } from '../ui/times';
import { useStore } from '../ui/use-store';
import { looksAfter } from './looks-after';
import { Waiting } from './UsageNotes';
import { useQuery } from './use-query';

const atFirst = 10;
/** As many as are told at once. */
const most = 200;

/** For whoever looks after the widget: which layouts hold it, of those that they may see. */
export function HoldingLayouts({
  controller,
  widget,
  Heading,
}: {
  controller: DashboardController;
  widget: WidgetDetail;
  Heading: 'h2' | 'h3';
}) {
  const { user } = useStore(controller.store).session;
  return looksAfter(user, widget) && widget.layouts > 0 ? <Holding controller={controller} name={widget.name} Heading={Heading} /> : null;
}

function Holding({ controller, name, Heading }: { controller: DashboardController; name: string; Heading: 'h2' | 'h3' }) {
  const [limit, setLimit] = useState(atFirst);
  const query = { widget: name, limit };
  const answer = useQuery(`${name} ${limit}`, () => ask(api.GET('/holding-layouts', { params: { query } })));
  return (
    <section className="details-usage" aria-label={i18n.t('Layouts that hold it')} aria-busy={answer.state === 'loading'}>
      <Heading>{i18n.t('Layouts that hold it')}</Heading>
      {answer.state === 'loading' ? <Waiting lines={3} /> : null}
      {answer.state === 'failed' ? (
        <div className="usage-text">
          <p>{i18n.t('Which ones is not known right now. {problem}', { problem: answer.problem.message })}</p>
          <Button className="button" onPress={answer.retry}>
            {i18n.t('Look again')}
          </Button>
        </div>
      ) : null}
      {answer.state === 'ready' ? (
        <>
          <ul className="holding">
            {answer.value.items.map((layout) => (
              <Holder key={layout.id} controller={controller} layout={layout} />
            ))}
          </ul>
          <p className="details-small">{describeCount(answer.value.total, answer.value.items.length, answer.value.next !== null)}</p>
          {answer.value.next !== null && limit < most ? (
            <Button className="button" onPress={() => setLimit(most)}>
              {i18n.t('Show more')}
            </Button>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

const Holder = ({ controller, layout }: { controller: DashboardController; layout: HoldingLayout }) => (
  <li>
    <PlaceLink controller={controller} path={layoutPath(layout.id)}>
      {layout.title}
    </PlaceLink>
    <small>
      {layout.ownerName}
      {layout.panels.length > 1
        ? ` · ${i18n.t('{count, plural, one {in # panel} other {in # panels}}', { count: layout.panels.length })}`
        : ''}{' '}
      · {i18n.t('changed {ago}', { ago: ago(layout.updatedAt, Date.now()) })}
    </small>
  </li>
);

/** How many there are besides those that are shown. */
function describeCount(total: number, shown: number, more: boolean): string {
  if (more) return i18n.t('{total, plural, one {In # layout} other {In # layouts}}; these changed last.', { total });
  if (shown === total) return i18n.t('{total, plural, one {In # layout.} other {In # layouts.}}', { total });
  if (shown === 0)
    return i18n.t('{total, plural, one {In # layout, not shared with you.} other {In # layouts, not shared with you.}}', { total });
  return i18n.t(
    '{total, plural, one {In # layout} other {In # layouts}}; {others, plural, one {the other is not shared with you.} other {the others are not shared with you.}}',
    { total, others: total - shown },
  );
}
