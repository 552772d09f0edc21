import type { AccessRequest } from '@datamesh/contracts';
import { api, ask } from '../api/client';
import { i18n } from '../language/i18n';
import type { AccessAnswer } from '../layouts/sharing/access-calls';
import type { ToastAction } from '../ui/toasts';
import { toldWords } from './notifications/words';
import type { OpenDashboard } from './open-dashboard';

/** Looks who asks for access to layouts of one's own, and tells of whoever is new. */
export function watchAccessRequests(dashboard: OpenDashboard): void {
  void dashboard.attempt(look(dashboard), undefined, 'silent');
}

async function look(dashboard: OpenDashboard): Promise<void> {
  const { items } = await ask(api.GET('/access-requests'));
  const known = new Set(dashboard.store.getSnapshot().accessRequests.map(({ id }) => id));
  dashboard.store.patch({ accessRequests: items });
  for (const { id, ...request } of items)
    dashboard.notifications.note({ kind: 'access', topic: `access ${id}`, fact: '', values: { request: id, ...wordsOf(request) } });
  const [first, ...others] = items.filter(({ id }) => !known.has(id));
  if (!first || dashboard.store.getSnapshot().dialog?.kind === 'access-requests') return;
  const text =
    others.length > 0
      ? i18n.t('{count} people ask for access to layouts of yours.', { count: others.length + 1 })
      : toldWords('access', wordsOf(first));
  if (others.length > 0)
    dashboard.toasts.show('info', text, { label: i18n.t('Answer'), run: () => dashboard.openDialog({ kind: 'access-requests' }) });
  else dashboard.toasts.show('info', text, ...answersTo(dashboard, first));
}

/** What one click answers: what is asked for, or nothing. */
export const answersTo = (dashboard: OpenDashboard, request: AccessRequest): ToastAction[] => {
  const answer = (given: AccessAnswer) => () => void dashboard.attempt(answerAccessRequest(dashboard, request, given));
  return [
    { label: i18n.t('Give access'), run: answer(request.may) },
    { label: i18n.t('Decline'), run: answer('decline') },
  ];
};

/** Throws ApiProblem. */
export async function answerAccessRequest(dashboard: OpenDashboard, request: AccessRequest, answer: AccessAnswer): Promise<void> {
  try {
    const { answerAndSay } = await import(/* webpackChunkName: "sharing" */ './answer-access-request');
    await answerAndSay(dashboard, request, answer);
  } finally {
    watchAccessRequests(dashboard);
  }
}

const wordsOf = ({ name, title, may }: Pick<AccessRequest, 'name' | 'title' | 'may'>) => ({ name, title, may });
