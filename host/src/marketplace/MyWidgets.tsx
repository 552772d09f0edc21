import type { WidgetSummary } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { api, ask } from '../api/client';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { listOf } from '../language/formats';
import { i18n } from '../language/i18n';
import { useSeen } from '../ui/use-seen';
import { useStore } from '../ui/use-store';
import { DeploymentsLink } from './DeploymentsLink';
import { inBrief } from './format-usage';
import { widgetsOf } from './own-widgets';
import { Findings, NoFigures, Partial, Waiting } from './UsageNotes';
import { UsageTable } from './UsageTable';
import { type Usage, type UsageAnswer, usageCache } from './usage-cache';
import { useQuery } from './use-query';
import { compareNewest, versionRows } from './versions';
import './details.css';

/** For publishers: how their teams' widgets do, version by version. An administrator sees everybody's. */
export default function MyWidgets({ controller }: { controller: DashboardController }) {
  const { session } = useStore(controller.store);
  const { teams } = session.user;
  const everything = session.user.roles.includes('admin');
  const widgets = useQuery('mine', () => widgetsOf(session));
  const usage = useQuery('usage', () => usageCache.all());
  return (
    <div className="details" aria-busy={widgets.state === 'loading'}>
      <p className="details-small">
        {everything
          ? i18n.t('The widgets of all teams, last 30 days on this dashboard.')
          : i18n.t('The widgets of {teams}, last 30 days on this dashboard.', { teams: listOf(teams) })}
      </p>
      {usage.state === 'failed' ? <NoFigures problem={usage.problem} retry={usage.retry} /> : null}
      {usage.state === 'ready' ? <Partial missing={usage.value.partial} /> : null}
      {widgets.state === 'loading' ? <Waiting lines={8} /> : null}
      {widgets.state === 'failed' ? (
        <div className="usage-text" role="alert">
          <p>{widgets.problem.message}</p>
          <Button className="button" onPress={widgets.retry}>
            {i18n.t('Try again')}
          </Button>
        </div>
      ) : null}
      {widgets.state === 'ready' && widgets.value.length === 0 ? (
        <p className="usage-text">
          {teams.length === 0 && !everything
            ? i18n.t('You belong to no team that publishes. Whoever manages accounts in your company can add you to one.')
            : i18n.t('Nothing is published yet. The guide for widget authors (docs/widgets.md) says how the first one comes to be.')}
        </p>
      ) : null}
      {widgets.state === 'ready'
        ? byOpens(widgets.value, usage.state === 'ready' ? usage.value : undefined).map((widget) => (
            <OwnWidget key={widget.name} controller={controller} widget={widget} usage={usage.state} />
          ))
        : null}
    </div>
  );
}

function OwnWidget({
  controller,
  widget,
  usage,
}: {
  controller: DashboardController;
  widget: WidgetSummary;
  usage: 'loading' | 'failed' | 'ready';
}) {
  const frame = useRef<HTMLElement>(null);
  const seen = useSeen(frame, '200px');
  return (
    <section className="own-widget" ref={frame} aria-label={widget.title}>
      <h3>
        <Button className="link" onPress={() => controller.openDialog({ kind: 'widget', name: widget.name, title: widget.title })}>
          {widget.title}
        </Button>
        <small>
          {widget.publisher} · <span title={widget.version}>{shownVersion(widget.version)}</span>
        </small>
        <DeploymentsLink controller={controller} widget={widget} />
      </h3>
      {seen ? <OwnFigures widget={widget} known={usage} /> : <Waiting lines={3} />}
    </section>
  );
}

function OwnFigures({ widget, known }: { widget: WidgetSummary; known: 'loading' | 'failed' | 'ready' }) {
  const detail = useQuery(widget.name, () => ask(api.GET('/widgets/{name}', { params: { path: { name: widget.name } } })));
  const own = useQuery<Usage | null>(`${widget.name} ${known}`, async () =>
    known === 'ready' ? (await usageCache.of(widget.name)).usage : null,
  );
  if (detail.state === 'failed')
    return (
      <div className="usage-text" role="alert">
        <p>{detail.problem.message}</p>
        <Button className="button" onPress={detail.retry}>
          {i18n.t('Try again')}
        </Button>
      </div>
    );
  if (detail.state === 'loading' || own.state === 'loading' || known === 'loading') return <Waiting lines={3} />;
  const usage = own.state === 'ready' ? own.value : null;
  const rows = versionRows(detail.value, usage);
  return (
    <>
      {known === 'ready' ? <p className="details-small">{usage ? inBrief(usage).join(' · ') : i18n.t('Nobody opened it.')}</p> : null}
      {own.state === 'failed' ? <NoFigures problem={own.problem} retry={own.retry} /> : null}
      <Findings findings={compareNewest(rows)} />
      {usage ? <UsageTable title={widget.title} rows={rows} counted /> : null}
    </>
  );
}

function byOpens(widgets: readonly WidgetSummary[], usage: UsageAnswer | undefined): WidgetSummary[] {
  const opens = ({ name }: WidgetSummary): number => usage?.items.get(name)?.opens ?? 0;
  return [...widgets].sort((one, other) => opens(other) - opens(one) || one.title.localeCompare(other.title));
}
