import type { DashboardController } from '../../dashboard/dashboard-controller';
import { unreadOf } from '../../dashboard/unread';
import { i18n } from '../../language/i18n';
import { Icon } from '../../ui/Icon';
import { useStore } from '../../ui/use-store';

/** The way to what was told. It says nothing by itself: what is urgent is a toast, and is read out once. */
export function Bell({ controller }: { controller: DashboardController }) {
  const unread = unreadOf(useStore(controller.store).notifications);
  const label = unread > 0 ? i18n.t('Notifications, {count} unread', { count: unread }) : i18n.t('Notifications');
  return (
    <button
      type="button"
      className="button quiet icon-only bell"
      aria-haspopup="dialog"
      aria-label={label}
      title={label}
      onClick={() => controller.openDialog({ kind: 'notifications' })}
    >
      <Icon name="bell" />
      {unread > 0 ? (
        <span className="bell-count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </button>
  );
}
