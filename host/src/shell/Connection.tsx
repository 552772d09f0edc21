import { i18n } from '../language/i18n';
import type { Desk } from './desk';
import { Icon } from './Icon';
import { useStore } from './useStore';

/** Says that what is shown may not be the newest. */
export function Connection({ desk }: { desk: Desk }) {
  const { connection } = useStore(desk.store);
  return (
    <output className="connection" data-state={connection}>
      {connection === 'offline' ? (
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
