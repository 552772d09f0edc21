/**
 * What the page of a department asks the registry first (host/src/dashboard/loading.ts), so that the browser asks it while the page's code comes.
 * A journey holds both together: what is asked ahead is used, and asked once.
 */

const DEPARTMENT = /^\/d\/([a-z][a-z0-9-]{0,49})(?:\/([a-z0-9-]{8,40}))?$/;

/** null: the page at this path asks something else, or its browser has no session to ask with. */
export function firstQuestionOf(path: string, cookie = ''): string | null {
  const [, department, layout] = DEPARTMENT.exec(path) ?? [];
  if (department === undefined || !/(?:^|;\s*)(?:__Host-)?dm_session=/.test(cookie)) return null;
  return `/api/v1/pins/${department}?include=layout%2Cresolution${layout === undefined ? '' : `&amp;layout=${layout}`}`;
}
