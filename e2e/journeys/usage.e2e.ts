/** The dashboard counts its own views; the usage widget shows them, and visits of any other site, and lets people look closer. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutContentInput, TrackerEvent } from '@datamesh/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
/** npm start's own site for visits that somebody else counted; its key lies in the data folder. */
const SITE = 'demo';

it('shows the views of this run: who came, which pages, which widgets', async () => {
  for (const id of ['casey', 'alex'] as const) {
    const { page, context } = await here.visitors.newcomer();
    const reported = page.waitForResponse((response) => response.url().endsWith('/t/events'));
    await signIn(page, id, '/d/sales');
    await ready(page, 'data-table', 'series-chart', 'usage');
    expect((await reported).ok()).toBe(true);
    await context.close();
  }
  const { page } = await here.visitors.person('dana', '/d/sales');
  await ready(page, 'usage');
  await expect
    .poll(
      async () => {
        await page.reload();
        await ready(page, 'usage');
        await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Visitors\s*\d/);
        return words(panel(page, 'usage'));
      },
      { interval: 2000 },
    )
    .toMatch(/Visitors\s*[2-9]/);
  // Each list is an answer of its own.
  const text = () => words(panel(page, 'usage'));
  await expect.poll(text).toContain('/d/sales');
  await expect.poll(text).toMatch(/data-table|Data table/);
});

it('filters by a page that is clicked, here and in the other usage widget of the channel, until the chip is taken away', async () => {
  await send([
    { path: '/', visitor: 'ann', minutes: 9 },
    { path: '/pricing', visitor: 'ann', minutes: 8 },
    { path: '/', visitor: 'bob', minutes: 7 },
    { path: '/docs', visitor: 'bob', minutes: 6 },
    { path: '/', visitor: 'cid', minutes: 5 },
  ]);
  const { page } = await here.visitors.person('dana');
  const frame = await open(page, { range: 'hour' }, { range: 'hour', view: 'sessions' });
  const [left, right] = [frame(0), frame(1)];
  await figure(left, 'Visitors', /^3/);
  await figure(right, 'Sessions', /^3/);

  await left.getByRole('button', { name: /^\/pricing/ }).click();
  await figure(left, 'Visitors', /^1/);
  await figure(right, 'Sessions', /^1/);
  for (const one of [left, right]) await one.getByRole('button', { name: 'Remove the filter Page: /pricing' }).waitFor();

  await right.getByRole('button', { name: 'Remove the filter Page: /pricing' }).click();
  await figure(right, 'Sessions', /^3/);
  await figure(left, 'Visitors', /^3/);
});

it('tells how far visitors get through steps that are written in the widget', async () => {
  const { page } = await here.visitors.person('dana');
  const one = (await open(page, { range: 'hour', view: 'funnel' }))(0);
  await one.getByLabel('Page of step 1').fill('/');
  await one.getByLabel('Page of step 2').fill('/pricing');
  const kept = page.waitForResponse(
    (response) => response.url().endsWith('/mine') && (response.request().postData() ?? '').includes('/pricing'),
  );
  await one.getByRole('button', { name: 'Move step 1 down' }).focus();
  await expect.poll(() => words(one)).toMatch(/Page: \/ 3 100%.*2 visitors left.*Page: \/pricing 1 33\.3%/);

  // The steps of somebody who only looks are theirs, and there again tomorrow.
  expect((await kept).ok()).toBe(true);
  await page.reload();
  await ready(page, 'usage');
  await expect.poll(() => panel(page, 'usage').getByLabel('Page of step 2').inputValue()).toBe('/pricing');
});

it('shows a visit in the live view while it happens', async () => {
  const { page } = await here.visitors.person('dana');
  const one = (await open(page, { view: 'live' }))(0);
  await one.getByText('Visitors now', { exact: true }).waitFor();
  const path = '/just-now';
  expect(await words(one)).not.toContain(path);
  await send([{ path, visitor: 'dan', minutes: 0 }]);
  await one.getByText(path).first().waitFor();
});

it('gives a breakdown as a file', async () => {
  const { page } = await here.visitors.person('dana');
  const one = (await open(page, { range: 'hour' }))(0);
  await figure(one, 'Visitors', /^[34]/);
  await one.getByRole('button', { name: 'Export and more' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), one.getByRole('link', { name: 'Top pages as CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.split('\n').find((line) => line.includes('/pricing'))).toMatch(/1,1/);
});

it('names layouts and panels as people do, and those that are gone as layouts that one cannot see', async () => {
  const notes = (title: string): LayoutContentInput => ({
    title,
    visibility: 'private',
    tree: { type: 'stack', active: 0, panels: ['pnotes'] },
    panels: { pnotes: { widget: 'notes@stable', title: `Notes in ${title}` } },
  });
  const { page: alex } = await here.visitors.person('alex', '/d/sales');
  const made: string[] = [];
  for (const title of ['Desk of Alex', 'Soon gone']) {
    made.push(await createLayout(alex, notes(title)));
    const counted = alex.waitForResponse((answer) => answer.url().endsWith('/t/events'));
    await alex.goto(`/l/${made.at(-1)}`);
    await ready(alex, 'notes');
    // What waits to be sent goes with the page.
    await alex.goto('/d/sales');
    expect((await counted).ok()).toBe(true);
  }
  expect(await alex.evaluate(async (id) => (await fetch(`/api/v1/layouts/${id}`, { method: 'DELETE' })).status, made[1])).toBe(204);

  const { page } = await here.visitors.person('dana');
  const one = (await open(page, { site: 'dashboard', range: 'hour' }))(0);
  const rows = async (part: string): Promise<string> => {
    const more = one.getByRole('button', { name: 'Show more' }).first();
    if (await more.isVisible()) await more.click();
    return (await one.getByRole('list', { name: part }).allInnerTexts()).join(' ');
  };
  const list = one.getByRole('combobox', { name: 'Broken down by' }).first();
  await list.selectOption({ label: 'Layouts' });
  // The widget asks again by itself.
  await expect.poll(() => rows('Layouts')).toMatch(/Desk of Alex/);
  await expect.poll(() => rows('Layouts')).toMatch(/that you cannot see/);
  await one.getByRole('button', { name: /^Desk of Alex/ }).click();
  await one.getByRole('button', { name: 'Remove the filter Layout: Desk of Alex' }).waitFor();
  const text = await words(one);
  for (const id of made) expect(text).not.toContain(id);
  await one.getByRole('button', { name: 'Remove the filter Layout: Desk of Alex' }).click();
  await list.selectOption({ label: 'Top pages' });
  await expect.poll(() => rows('Top pages')).toMatch(/Desk of Alex/);
  expect(await rows('Top pages')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

/** A layout of usage widgets beside each other on one channel, opened; their panels. */
async function open(page: Page, ...settings: Record<string, unknown>[]): Promise<(index: number) => Locator> {
  const panels = Object.fromEntries(
    settings.map((own, index) => [`usage${index}`, { widget: 'usage@stable', title: `Usage ${index}`, settings: { site: SITE, ...own } }]),
  );
  const children = settings.map((_, index) => ({
    size: 1 / settings.length,
    node: { type: 'stack' as const, active: 0, panels: [`usage${index}`] },
  }));
  const [only] = children;
  const content: LayoutContentInput = {
    title: 'Looking at visits',
    department: 'sales',
    visibility: 'private',
    defaultChannel: 'blue',
    tree: settings.length === 1 && only ? only.node : { type: 'row', children },
    panels,
  };
  await page.goto(`/l/${await createLayout(page, content)}`);
  const frames = page.locator('section.dm-panel[data-widget="usage"][data-state="ready"]:visible');
  await expect.poll(() => frames.count()).toBe(settings.length);
  return (index) => frames.nth(index);
}

/** Until a figure reads so. */
async function figure(frame: Locator, title: string, value: RegExp): Promise<void> {
  const shown = frame.locator('dl > div', { has: frame.page().locator('dt', { hasText: new RegExp(`^${title}$`) }) }).locator('dd');
  await expect.poll(async () => ((await shown.count()) > 0 ? (await shown.first().innerText()).trim() : '')).toMatch(value);
}

/** Visits of so many minutes ago, by a sender that the site trusts. */
async function send(visits: { path: string; visitor: string; minutes: number }[]): Promise<void> {
  const { key } = JSON.parse(await readFile(join(here.stack.data, 'demo-traffic.json'), 'utf8')) as { key: string };
  const user_agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
  const events = visits.map(
    ({ path, visitor, minutes }): TrackerEvent => ({
      site: SITE,
      path,
      visitor,
      user_agent,
      ts: new Date(Date.now() - minutes * 60_000).toISOString(),
    }),
  );
  const response = await fetch(`${here.stack.url}/t/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(events),
  });
  expect(await response.json()).toMatchObject({ stored: visits.length });
}
