/** How widgets do: on their cards in the marketplace, in the details of one, and for the team that publishes it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { edit, ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { publishAndPromote, release } from '../harness/publishing';

const KEY = `dmk_${randomBytes(24).toString('base64url')}`;
const SITES = JSON.stringify([
  {
    id: 'dashboard',
    identity: 'account',
    origins: [],
    departments: ['*'],
    keys: [createHash('sha256').update(KEY).digest('hex')],
  },
]);
const here = journey({ env: { SITES } });

it('shows everybody how a widget does, and its team what a new version changed', async () => {
  for (const version of ['7.0.0', '7.1.0']) await publishAndPromote(here.stack, await release('notes', version));
  await report([...opens('7.0.0', { count: 60, load: 200, errors: 0 }), ...opens('7.1.0', { count: 40, load: 900, errors: 10 })]);

  const { page: alex } = await here.visitors.person('alex', '/d/sales');
  await ready(alex, 'data-table');
  await counted(alex, 100);
  await edit(alex);
  await alex.getByRole('button', { name: 'Add widget' }).click();
  const card = alex.locator('.card[data-widget="notes"]');
  await expect.poll(() => card.innerText()).toMatch(/100 opens by 20 people · ready in 0\.9 s · 10% errors/);

  await card.getByRole('button', { name: 'Notes', exact: true }).click();
  const details = alex.getByRole('dialog', { name: 'Notes' });
  const row = (version: string) => details.getByRole('row').filter({ has: alex.getByRole('rowheader', { name: version }) });
  await expect.poll(() => row('7.1.0').innerText()).toMatch(/stable[\s\S]*40[\s\S]*10 \(25%\)[\s\S]*900 ms/);
  expect(await row('7.0.0').innerText()).toMatch(/60\s[\s\S]*200 ms/);
  await details.getByRole('button', { name: 'Add to the layout' }).click();
  await ready(alex, 'notes');

  const { page: robin } = await here.visitors.person('robin', '/d/operations');
  await robin.getByRole('button', { name: /^Account of Robin/ }).click();
  await robin.getByRole('menuitem', { name: 'My widgets…' }).click();
  const notes = robin.getByRole('dialog', { name: 'My widgets' }).getByRole('region', { name: 'Notes', exact: true });
  await expect
    .poll(() => notes.innerText())
    .toContain('7.1.0 loads slower than 7.0.0: three of four opens are ready within 900 ms, 200 ms before.');
  expect(await notes.innerText()).toContain('Errors went up with 7.1.0: 25% of opens, 0 before.');
  expect(await notes.getByRole('row').count()).toBeGreaterThan(2);

  await robin.getByRole('dialog', { name: 'My widgets' }).getByRole('button', { name: 'Series chart', exact: true }).click();
  const holding = robin.getByRole('dialog', { name: 'Series chart' }).getByRole('region', { name: 'Layouts that hold it' });
  await expect.poll(() => holding.innerText()).toMatch(/In \d+ layouts/);
  await holding.getByRole('link').first().click();
  await ready(robin, 'series-chart');
});

it('offers widgets as ever when the tracker does not answer', async () => {
  here.visitors.watch.expect(/503/);
  const { page } = await here.visitors.person('alex', '/d/sales');
  let away = true;
  const figures = '**/api/tracker/v1/widgets*';
  await page.route(figures, (route) =>
    away
      ? route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: '{"code":"query_timeout","detail":"That took too long."}',
        })
      : route.continue(),
  );
  await edit(page);
  await page.getByRole('button', { name: 'Add widget' }).click();
  const card = page.locator('.card[data-widget="series-chart"]');
  await card.waitFor();
  expect(await card.innerText()).not.toContain('open');
  await card.getByRole('button', { name: 'Series chart', exact: true }).click();
  const details = page.getByRole('dialog', { name: 'Series chart' });
  await expect.poll(() => details.getByRole('alert').innerText()).toContain('That took too long.');
  // Pressed while it is there for sure: it asks by itself as well, and is gone with the answer.
  await Promise.all([page.waitForRequest(figures), details.getByRole('button', { name: 'Try again' }).click()]);
  away = false;
  await expect.poll(() => details.getByRole('alert').count()).toBe(0);
  await details.getByRole('columnheader', { name: 'Opens', exact: true }).waitFor();
});

it('reports with the first view of a widget how long it took, and with no later one', async () => {
  const { page } = await here.visitors.newcomer();
  const views: { widget: string; load_ms?: number }[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/t/events')) return;
    const events = JSON.parse(request.postData() ?? '[]') as { name: string; widget: string; load_ms?: number }[];
    views.push(...events.filter(({ name }) => name === 'widget_view'));
  });
  await page.goto('/api/v1/session/sign-in?return_to=/d/sales');
  await page.getByRole('button', { name: 'Alex Lin' }).click();
  const of = (widget: string) => views.filter((view) => view.widget === widget).map(({ load_ms }) => load_ms);
  await ready(page, 'data-table');
  await expect.poll(() => of('data-table').length).toBe(1);
  expect(of('data-table')[0]).toBeGreaterThan(0);
  expect(of('data-table')[0]).toBeLessThan(60_000);

  await page.getByRole('button', { name: 'Open or make a layout' }).click();
  await page.getByRole('menuitem', { name: 'New layout' }).click();
  await page.waitForURL('**/l/*');
  await page.getByRole('tab', { name: 'Markets morning' }).click();
  await expect.poll(() => of('data-table').length).toBe(2);
  expect(of('data-table')[1]).toBeUndefined();
});

interface Reported {
  ts: string;
  [field: string]: unknown;
}

/** Yesterday, by twenty people one after the other; every load takes the same time. */
function opens(version: string, { count, load, errors }: { count: number; load: number; errors: number }): Reported[] {
  const begin = Date.now() - 86_400_000;
  return Array.from({ length: count }, (_, at) => {
    const ts = new Date(begin + at * 1000).toISOString();
    const about = { site: 'dashboard', ts, widget: 'notes', widget_version: version, visitor: `person-${at % 20}` };
    const view = { ...about, name: 'widget_view', load_ms: load };
    return at < errors ? [view, { ...about, name: 'widget_error', props: { reason: 'threw' } }] : [view];
  }).flat();
}

async function report(events: Reported[]): Promise<void> {
  const response = await fetch(`${here.stack.url}/t/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify(events),
  });
  expect(await response.json()).toMatchObject({ stored: events.length });
}

/** Until the store has what was acknowledged. */
async function counted(page: Page, notes: number): Promise<void> {
  await expect
    .poll(async () => {
      const to = Date.now();
      const range = { from: new Date(to - 30 * 86_400_000).toISOString(), to: new Date(to).toISOString() };
      const answer = await page.request.get('/api/tracker/v1/widgets', { params: { site: 'dashboard', widget: 'notes', ...range } });
      const said = (await answer.json()) as { items?: { opens: number }[] };
      return said.items ? said.items[0]?.opens : said;
    })
    .toBe(notes);
}
