import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { Waiting } from '../pages/Waiting';
import { useOpenDashboards } from './questions';
import { Version } from './Version';

/** In how many dashboards each version is open. Bars are for the eye only: the figure stands beside each. */
export function OpenDashboards({
  controller,
  name,
  channels,
}: {
  controller: DashboardController;
  name: string;
  channels: Record<string, string>;
}) {
  const open = useOpenDashboards(controller, name);
  const most = Math.max(1, ...(open.value ?? []).map(({ dashboards }) => dashboards));
  return (
    <>
      <Waiting of={open} lines={2} what={i18n.t('The number of open dashboards')} />
      {open.value?.length === 0 ? <p className="place-empty">{i18n.t('No open dashboard runs it.')}</p> : null}
      <ul className="deployments-counts">
        {open.value?.map(({ version, dashboards }) => (
          <li key={version}>
            <span>
              <Version version={version} />
              {Object.entries(channels)
                .filter(([, given]) => given === version)
                .map(([channel]) => (
                  <span key={channel} className="place-chip">
                    {channel}
                  </span>
                ))}
            </span>
            <span>{i18n.t('{dashboards, plural, one {# dashboard} other {# dashboards}}', { dashboards })}</span>
            <span className="deployments-bar" aria-hidden="true">
              <i style={{ width: `${(dashboards / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
