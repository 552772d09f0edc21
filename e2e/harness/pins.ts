/** Layouts as a department pins them, by the API as whoever is signed in on the page. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';

/** Of one widget, for everybody in Sales. */
export const salesLayout = (title: string, widget: string): LayoutContentInput => ({
  title,
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: `${widget}@stable` } },
});

/** Until a layout of that title is the one that is shown. */
export const shown = (page: Page, title: string): Promise<void> => page.getByRole('heading', { name: title, level: 1 }).waitFor();

/** Answers with the status. `path`: below `/api/v1`. */
export const send = (page: Page, method: string, path: string, body?: object): Promise<number> =>
  page.evaluate(
    async ([verb, address, content]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/api/v1${address}`, { method: verb, ...(content ? { headers, body: content } : {}) })).status;
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );
