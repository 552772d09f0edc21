/** What the gallery has of whole pages: rooms, dialogs that ask the services for something, and how these answer. */

/** Of a widget, layout and department that the examples have. */
export const ROOMS = [
  '/layouts',
  '/marketplace',
  '/marketplace/series-chart',
  '/deployments',
  '/deployments/series-chart',
  '/departments/sales',
  '/admin/departments',
  '/admin/people',
  '/admin/tokens',
  '/admin/audit',
  '/admin/settings',
  '/preferences',
] as const;

export const DIALOGS = ['layouts', 'import', 'share', 'history', 'notifications', 'access-requests', 'my-widgets', 'palette'] as const;

/** `examples`: as the API's documents say. `nothing`: of each list none. `late`: never. `refused`: by a problem that nobody can do anything about. */
export const ANSWERS = ['examples', 'nothing', 'late', 'refused'] as const;
export type Answers = (typeof ANSWERS)[number];
