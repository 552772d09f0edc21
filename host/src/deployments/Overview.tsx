import type { WidgetSummary } from '@datamesh/contracts';
import { useMemo, useRef, useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { deploymentsPath } from '../dashboard/route';
import { listOf } from '../language/formats';
import { i18n } from '../language/i18n';
import { widgetsOf } from '../marketplace/own-widgets';
import { PageHeading } from '../pages/PageHeading';
import { useLive } from '../pages/use-live';
import { Waiting } from '../pages/Waiting';
import { useSeen } from '../ui/use-seen';
import { useStore } from '../ui/use-store';
import { channelRows, environmentsOf } from './environments';
import { useRunning } from './questions';
import { Version } from './Version';

/** All widgets that one looks after, each with what its channels give and why. */
export function Overview({ controller }: { controller: DashboardController }) {
  const { session } = useStore(controller.store);
  const { teams } = session.user;
  const everything = session.user.roles.includes('admin');
  const widgets = useLive(controller, '', [], () => widgetsOf(session));
  const [words, setWords] = useState('');
  const found = useMemo(() => matching(widgets.value ?? [], words), [widgets.value, words]);
  return (
    <>
      <PageHeading title={i18n.t('Deployments')}>
        <p className="place-small">
          {everything
            ? i18n.t('The widgets of all teams: what runs where, and what browsers get.')
            : i18n.t('The widgets of {teams}: what runs where, and what browsers get.', { teams: listOf(teams) })}
        </p>
      </PageHeading>
      <Waiting of={widgets} lines={8} what={i18n.t('The list of widgets')} />
      {widgets.value && widgets.value.length > 0 ? (
        <SearchField className="place-search" aria-label={i18n.t('Find a widget')} value={words} onChange={setWords}>
          <Input className="input" placeholder={i18n.t('Find a widget')} />
        </SearchField>
      ) : null}
      {widgets.value && found.length === 0 ? (
        <p className="place-empty">
          {widgets.value.length === 0
            ? i18n.t('Nothing is published yet. The guide for widget authors (docs/widgets.md) says how the first one comes to be.')
            : i18n.t('No widget is called “{words}”.', { words })}
        </p>
      ) : null}
      <ul className="deployments-list">
        {found.map((widget) => (
          <OverviewItem key={widget.name} controller={controller} widget={widget} />
        ))}
      </ul>
    </>
  );
}

function OverviewItem({ controller, widget }: { controller: DashboardController; widget: WidgetSummary }) {
  const frame = useRef<HTMLLIElement>(null);
  const seen = useSeen(frame, '300px');
  return (
    <li ref={frame} className="deployments-card" aria-label={widget.title}>
      <h2>
        <PlaceLink controller={controller} path={deploymentsPath(widget.name)}>
          {widget.title}
        </PlaceLink>
        <small className="place-small">{widget.publisher}</small>
      </h2>
      {seen ? <OverviewChannels controller={controller} name={widget.name} /> : <div className="place-lines" />}
    </li>
  );
}

function OverviewChannels({ controller, name }: { controller: DashboardController; name: string }) {
  const running = useRunning(controller, name);
  const { value } = running;
  const places = value ? environmentsOf(value.leases, value.detail.channelStates) : [];
  return (
    <>
      <Waiting of={running} lines={2} what={i18n.t('What runs')} />
      {value ? (
        <dl className="deployments-channels">
          {channelRows(value.detail, places).map(({ channel, version, owner, hold }) => {
            const place = places.find((one) => one.channel === channel && one.part !== 'foreign');
            const top = place?.revisions[0];
            return (
              <div key={channel}>
                <dt className="place-chip">{channel}</dt>
                <dd>
                  <Version version={version} />
                  {hold ? <span className="place-chip deployments-held">{i18n.t('held')}</span> : null}
                  {owner ? (
                    <span className="place-small">
                      {top
                        ? i18n.t('revision {revision}, {ready} of {pods} pods ready', {
                            revision: top.revision,
                            ready: top.ready,
                            pods: top.pods,
                          })
                        : i18n.t('no pod runs now')}
                    </span>
                  ) : null}
                </dd>
              </div>
            );
          })}
        </dl>
      ) : null}
    </>
  );
}

function matching(widgets: readonly WidgetSummary[], words: string): WidgetSummary[] {
  const wanted = words.trim().toLowerCase();
  return widgets
    .filter(({ name, title }) => name.includes(wanted) || title.toLowerCase().includes(wanted))
    .sort((one, other) => one.title.localeCompare(other.title));
}
