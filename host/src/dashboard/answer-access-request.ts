import type { AccessRequest } from '@datamesh/contracts';
import { i18n } from '../language/i18n';
import { type AccessAnswer, answerRequest, readAccess, share } from '../layouts/sharing/access-calls';
import { withGrant, withoutGrant } from '../layouts/sharing/grants';
import type { OpenDashboard } from './open-dashboard';

/** Says what it has done; what was given can be taken back. Throws ApiProblem. */
export async function answerAndSay(dashboard: OpenDashboard, request: AccessRequest, answer: AccessAnswer): Promise<void> {
  const { layout, by, name, title } = request;
  if (answer === 'decline') {
    await answerRequest(request, answer);
    dashboard.toasts.show('good', i18n.t('{name} gets no access, and is not told.', { name }));
    return;
  }
  const before = (await readAccess(layout)).sharing.grants.find(({ to }) => to === by);
  await answerRequest(request, answer);
  const undo = async (): Promise<void> => {
    await share(layout, before ? withGrant(by, before.may) : withoutGrant(by));
    dashboard.toasts.show('info', i18n.t('“{title}” is shared as it was before.', { title }));
  };
  dashboard.toasts.show(
    'good',
    answer === 'edit'
      ? i18n.t('{name} may edit “{title}” from now on.', { name, title })
      : i18n.t('{name} may view “{title}” from now on.', { name, title }),
    { label: i18n.t('Undo'), run: () => void dashboard.attempt(undo()) },
  );
}
