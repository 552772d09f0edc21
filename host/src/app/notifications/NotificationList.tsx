import { Button } from 'react-aria-components/Button';
import { answersTo } from '../../dashboard/access-requests';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { Entry } from '../../dashboard/notifications/book';
import { toldWords } from '../../dashboard/notifications/words';
import { departmentPath, pathOfLayout } from '../../dashboard/route';
import { unreadOf } from '../../dashboard/unread';
import { i18n } from '../../language/i18n';
import { exactly, timeOfDay } from '../../ui/times';
import { useStore } from '../../ui/use-store';
import './notifications.css';

/** What this person was told in this browser, newest first. */
export default function NotificationList({ controller, close }: { controller: DashboardController; close(): void }) {
  const { session, accessRequests, notifications: entries } = useStore(controller.store);
  if (entries.length === 0)
    return (
      <p className="dialog-note">
        {i18n.t(
          'Nothing yet. What changes by itself is listed here: new versions, layouts that are shared with you, who asks for access, and the like.',
        )}
      </p>
    );
  const actionsOf = ({ kind, values }: Entry): { label: string; run(): void }[] => {
    const { layout, department } = values;
    if (kind === 'access') {
      const request = accessRequests.find(({ id }) => id === values['request']);
      return request ? answersTo(controller, request) : [];
    }
    const leave = (label: string, path: string) => ({
      label,
      run: () => {
        close();
        void controller.go(path);
      },
    });
    if (department !== undefined) return [leave(i18n.t('Show it'), departmentPath(department))];
    if (layout === undefined || kind === 'withdrawn' || kind === 'deleted') return [];
    return [leave(i18n.t('Open'), pathOfLayout(session.departments, layout))];
  };
  return (
    <>
      <ul className="notifications" aria-label={i18n.t('Notifications')}>
        {entries.map((entry) => {
          const actions = actionsOf(entry);
          return (
            <li key={entry.id} className="notification" data-read={entry.read}>
              <p id={`notification ${entry.id}`}>
                {entry.read ? null : <span className="hidden-text">{i18n.t('Unread:')} </span>}
                {wordsOf(entry)}
              </p>
              <time dateTime={entry.at} title={exactly(entry.at)}>
                {timeOfDay(entry.at, Date.now())}
              </time>
              {actions.length > 0 ? (
                <span className="notification-actions">
                  {actions.map(({ label, run }) => (
                    <Button
                      key={label}
                      className="link"
                      aria-describedby={`notification ${entry.id}`}
                      onPress={() => {
                        void controller.notifications.markRead(entry.id);
                        run();
                      }}
                    >
                      {label}
                    </Button>
                  ))}
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <div className="dialog-actions">
        <Button className="button" isDisabled={unreadOf(entries) === 0} onPress={() => void controller.notifications.markRead()}>
          {i18n.t('Mark all as read')}
        </Button>
      </div>
    </>
  );
}

function wordsOf({ kind, values }: Entry): string {
  switch (kind) {
    case 'swapped':
      return i18n.t('{title} runs {version} now.', values);
    case 'returned':
      return i18n.t('{title}: {failed} failed, so you see {shown}.', values);
    case 'withdrawn-version':
      return i18n.t('{title} {version} was withdrawn by its publisher.', values);
    case 'deprecated':
      return i18n.t('The publisher advises against {title} {version}.', values);
    case 'shared':
      return i18n.t('{by} shared “{title}” with you.', values);
    default:
      return toldWords(kind, values);
  }
}
