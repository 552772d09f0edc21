/** Layouts made through the API by whoever is signed in on the page. */
import type { Layout, LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';

export async function createLayout(page: Page, content: LayoutContentInput): Promise<string> {
  const answer = await page.evaluate(async (body) => {
    const response = await fetch('/api/v1/layouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Layout };
  }, content);
  if (answer.status !== 201) throw new Error(`the layout was not created: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

export const readLayout = (page: Page, id: string): Promise<Layout> =>
  page.evaluate(async (layout) => {
    const response = await fetch(`/api/v1/layouts/${layout}`);
    return ((await response.json()) as { layout: Layout }).layout;
  }, id);

/** Anything else below `/api/v1` that answers with a layout; `revision`: of which it is a change. */
export const writeLayout = (
  page: Page,
  method: string,
  path: string,
  body: unknown,
  revision?: number,
): Promise<{ id: string; revision: number }> =>
  page.evaluate(
    async ([how, where, what, base]) => {
      const headers = { 'content-type': 'application/json', ...(base === undefined ? {} : { 'if-match': `"${String(base)}"` }) };
      const response = await fetch(`/api/v1${String(where)}`, { method: String(how), headers, body: JSON.stringify(what) });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as { id: string; revision: number };
    },
    [method, path, body, revision] as const,
  );
