import { useEffect, useState } from 'react';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { PlaceLink } from '../dashboard/PlaceLink';
import { deploymentsPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { PageHeading } from '../pages/PageHeading';
import { Waiting } from '../pages/Waiting';
import { ProblemPage } from '../ui/Page';
import { Channels } from './Channels';
import { EnvironmentTable } from './EnvironmentTable';
import { channelRows, environmentsOf } from './environments';
import { History } from './History';
import { OpenDashboards } from './OpenDashboards';
import { useHistory, useRunning } from './questions';

const FIRST = 20;
const MAX_MOVES = 200;

/** One widget: its channels, what runs of it, in how many dashboards, and what happened. */
export function WidgetDeployments({ controller, name }: { controller: DashboardController; name: string }) {
  const [limit, setLimit] = useState(FIRST);
  const running = useRunning(controller, name);
  const history = useHistory(controller, name, limit);
  const now = useNow();
  const { value, problem } = running;
  if (problem && (problem.status === 403 || problem.status === 404)) return <ProblemPage problem={problem} retry={running.ask} />;
  const places = value ? environmentsOf(value.leases, value.detail.channelStates) : [];
  return (
    <>
      <PageHeading
        title={value?.detail.title ?? name}
        before={
          <PlaceLink controller={controller} path={deploymentsPath()}>
            {i18n.t('All deployments')}
          </PlaceLink>
        }
      >
        {value ? <p className="place-small">{`${value.detail.publisher} · ${name}`}</p> : null}
      </PageHeading>
      <section aria-labelledby="deployments-channels">
        <h2 id="deployments-channels">{i18n.t('Channels')}</h2>
        <Waiting of={running} lines={4} what={i18n.t('What runs')} />
        {value ? (
          <Channels
            controller={controller}
            detail={value.detail}
            rows={channelRows(value.detail, places)}
            given={history.value?.given ?? {}}
            now={now}
            changed={() => {
              running.ask();
              history.ask();
            }}
          />
        ) : null}
      </section>
      <section aria-labelledby="deployments-environments">
        <h2 id="deployments-environments">{i18n.t('What runs')}</h2>
        {value ? <EnvironmentTable places={places} now={now} /> : null}
      </section>
      <section aria-labelledby="deployments-dashboards">
        <h2 id="deployments-dashboards">{i18n.t('Open dashboards right now')}</h2>
        <OpenDashboards controller={controller} name={name} channels={value?.detail.channels ?? {}} />
      </section>
      <section aria-labelledby="deployments-history">
        <h2 id="deployments-history">{i18n.t('History')}</h2>
        <Waiting of={history} lines={5} what={i18n.t('The history')} />
        {history.value ? (
          <History
            moves={history.value.items}
            now={now}
            {...(history.value.next !== null && limit < MAX_MOVES ? { more: () => setLimit(Math.min(MAX_MOVES, limit * 3)) } : {})}
          />
        ) : null}
      </section>
    </>
  );
}

/** "3 minutes ago" grows old by itself. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now, Date.now());
}
