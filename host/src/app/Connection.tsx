import type { DashboardController } from '../dashboard/dashboard-controller';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { useStore } from '../ui/use-store';
import { AsOf } from './AsOf';

/** Says that what is shown may not be the newest. */
export function Connection({ controller }: { controller: DashboardController }) {
  const { connection, asOf } = useStore(controller.store);
  return (
    <output className="connection" data-state={asOf === null ? connection : 'offline'}>
      {asOf !== null ? (
        <>
          <Icon name="offline" size={14} />
          <span>
            <span className="wide-only">{i18n.t('The server is out of reach:')} </span>
            <AsOf at={asOf} now={Date.now()} />
          </span>
        </>
      ) : connection === 'offline' ? (
        <>
          <Icon name="offline" size={14} />
          <span>
            {i18n.t('Offline')}
            <span className="wide-only"> – {i18n.t('showing what was loaded')}</span>
          </span>
        </>
      ) : null}
    </output>
  );
}
