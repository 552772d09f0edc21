import type { Outage } from '../api/keep-asking';
import { i18n } from '../language/i18n';
import { Page } from '../ui/Page';

/** Instead of what has not come yet. It is tried again by itself, so nothing has to be done; who does not want to wait may ask. */
export function OutagePage({ outage: { problem, asking, askNow } }: { outage: Outage }) {
  const title =
    problem === null
      ? i18n.t('This takes longer than usual')
      : problem.isOffline
        ? i18n.t('The dashboard cannot be reached right now')
        : i18n.t('The dashboard has trouble right now');
  return (
    <Page
      icon="offline"
      title={title}
      actions={
        problem === null ? undefined : (
          <button type="button" className="button" aria-disabled={asking} onClick={askNow}>
            {asking ? i18n.t('Trying…') : i18n.t('Try now')}
          </button>
        )
      }
    >
      <p role="status">
        {problem?.code === 'unreachable' && !navigator.onLine
          ? i18n.t('This device is offline. As soon as it is connected again, the page comes by itself.')
          : i18n.t('Leave this page open: it is tried again by itself, and comes as soon as there is an answer. What was saved is safe.')}
      </p>
      {problem?.requestId ? <p className="page-detail">{i18n.t('Request {requestId}', { requestId: problem.requestId })}</p> : null}
    </Page>
  );
}
