/** What is asked of the small store and of the large one: the same, of answers that are equally long. */
import type { Filled } from './store';

export interface Call {
  name: string;
  as: keyof Filled['cookies'];
  path: string;
  method?: 'POST' | 'PUT';
  body?: unknown;
}

/** `n` is another number each time, for what must not be asked twice. */
export const calls = ({ layout }: Filled, n: number): Call[] => {
  const content = { title: `made ${n}`, tree: { type: 'stack', active: 0, panels: [] }, panels: {} };
  const position = Buffer.from(JSON.stringify({ updatedAt: new Date(Date.now() - 60_000).toISOString(), id: 'x' })).toString('base64url');
  const later = Buffer.from(JSON.stringify({ at: new Date().toISOString(), seq: 500 })).toString('base64url');
  return [
    { name: 'layouts that one may read', as: 'few', path: '/layouts?limit=20' },
    { name: 'layouts of one’s own', as: 'few', path: '/layouts?scope=mine&limit=20' },
    { name: 'layouts shared with one', as: 'few', path: '/layouts?scope=shared&limit=20' },
    { name: 'layouts of the department', as: 'all', path: '/layouts?scope=department&limit=20' },
    { name: 'layouts of the company', as: 'all', path: '/layouts?scope=company&limit=20' },
    { name: 'all layouts, of an admin', as: 'admin', path: '/layouts?limit=20' },
    { name: 'a later page of layouts', as: 'all', path: `/layouts?limit=20&cursor=${position}` },
    { name: 'layouts by title', as: 'few', path: '/layouts?limit=20&sort=title' },
    { name: 'layouts by a common word', as: 'all', path: '/layouts?q=morn&limit=20' },
    { name: 'layouts by a rare word', as: 'admin', path: '/layouts?q=117&limit=1' },
    { name: 'a layout with what it runs', as: 'few', path: `/layouts/${layout}?include=resolution` },
    { name: 'a layout made', as: 'few', path: '/layouts', method: 'POST', body: content },
    { name: 'revisions', as: 'few', path: `/layouts/${layout}/revisions` },
    { name: 'titles', as: 'few', path: `/layout-titles?id=${layout}` },
    { name: 'people by a name', as: 'few', path: '/people?q=al' },
    { name: 'people by two words', as: 'few', path: '/people?q=al%2011' },
    { name: 'widgets', as: 'few', path: '/widgets?limit=20' },
    { name: 'widgets by a word', as: 'few', path: '/widgets?q=morn&limit=5' },
    { name: 'widgets of a category', as: 'few', path: '/widgets?category=risk&limit=5' },
    { name: 'a widget', as: 'few', path: '/widgets/widget-1' },
    { name: 'a version', as: 'few', path: '/widgets/widget-1/versions/1.0.1' },
    {
      name: 'resolve by channel',
      as: 'few',
      path: '/resolve',
      method: 'POST',
      body: { widgets: Array.from({ length: 20 }, (_, w) => `widget-${w}@stable`) },
    },
    {
      name: 'resolve of a new range, of the widget with most versions',
      as: 'few',
      path: '/resolve',
      method: 'POST',
      body: { widgets: [`widget-0@>=1.0.0 <${n + 2}.0.0`] },
    },
    { name: 'audit log', as: 'admin', path: '/audit?limit=20' },
    { name: 'a later page of the audit log', as: 'admin', path: `/audit?limit=20&cursor=${later}` },
    { name: 'the audit log of one subject', as: 'admin', path: '/audit?subject=widget-1/stable&limit=20' },
    { name: 'history of a channel', as: 'admin', path: '/widgets/widget-1/history?limit=20' },
    { name: 'deployments', as: 'admin', path: '/deployments?widget=widget-1' },
    { name: 'open dashboards', as: 'admin', path: '/widgets/widget-1/open-dashboards' },
    { name: 'departments', as: 'few', path: '/departments' },
  ];
};
