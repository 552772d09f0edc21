import { api, ask } from '../api/client';
import { i18n } from '../language/i18n';
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
      ? i18n.t('{count} people ask for access to layouts of yours.', { count: others.length + 1 })
      : first.may === 'edit'
        ? i18n.t('{name} asks to edit “{title}”.', { name: first.name, title: first.title })
        : i18n.t('{name} asks to see “{title}”.', { name: first.name, title: first.title });
  dashboard.toasts.show('info', text, { label: i18n.t('Answer'), run: () => dashboard.openDialog({ kind: 'access-requests' }) });
}
