import type { AuditVerification } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import { i18n } from '../language/i18n';
import type { OpenDashboard } from './open-dashboard';

/** Asks whether the audit log is whole, where it is an admin who would have to act on it. */
export function watchAudit(dashboard: OpenDashboard): void {
  const { user } = dashboard.store.getSnapshot().session;
  if (!user.roles.includes('admin')) return;
  const asked = ask(api.GET('/audit/verification')).then((found) => showVerification(dashboard, found));
  void dashboard.attempt(asked, undefined, 'silent');
}

/** Has the whole log read now, and says what came of it. */
export async function verifyAudit(dashboard: OpenDashboard): Promise<void> {
  const found = await ask(api.POST('/audit/verification'));
  showVerification(dashboard, found);
  if (found.ok) dashboard.toasts.show('info', i18n.t('The audit log is whole.'));
}

const showVerification = ({ store }: OpenDashboard, { broken }: AuditVerification): void => store.patch({ auditBroken: broken });
