import { api, ask } from '../api/client';
import type { OpenDashboard } from './openDashboard';

/** Looks who asks for access to layouts of one's own, and tells of whoever is new. */
export function watchAccessRequests(dashboard: OpenDashboard): void {
  void dashboard.attempt(look(dashboard), undefined, 'silent');
}

async function look(dashboard: OpenDashboard): Promise<void> {
  const { items } = await ask(api.GET('/access-requests'));
  const known = new Set(dashboard.store.getSnapshot().accessRequests.map(({ id }) => id));
  dashboard.store.patch({ accessRequests: items });
  const [first, ...others] = items.filter(({ id }) => !known.has(id));
  if (!first || dashboard.store.getSnapshot().dialog?.kind === 'access-requests') return;
  const text =
    others.length > 0
      ? `${others.length + 1} people ask for access to layouts of yours.`
      : `${first.name} asks ${first.may === 'edit' ? 'to edit' : 'to see'} “${first.title}”.`;
  dashboard.toasts.show('info', text, { label: 'Answer', run: () => dashboard.openDialog({ kind: 'access-requests' }) });
}
