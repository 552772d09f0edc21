/** Somebody wrote to the database by hand: admins are told in the dashboard, at once and wherever they are, and nobody else is. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { Stack } from '../harness/stack';
import { inBothThemes } from '../harness/themes';

/** The second entry says that somebody else did it, or what it said at first. */
function tamper(data: string, how: 'changed' | 'as it was'): void {
  const database = new DatabaseSync(join(data, 'registry', 'registry.db'), { timeout: 30_000 });
  const words = ['"actor":"', '"actor":"not-'];
  const [from = '', to = ''] = how === 'changed' ? words : words.reverse();
  database.prepare('UPDATE audit SET entry = replace(entry, ?, ?) WHERE seq = 2').run(from, to);
  database.close();
}

const here = journey(async () => {
  const before = await Stack.start();
  await before.stop({ keepData: true });
  tamper(before.data, 'changed');
  return { data: before.data };
});

const alarm = (page: Page) => page.getByRole('alert').filter({ hasText: 'The audit log is broken' });

it('an admin sees since which entry, and what to do, in both themes and on a narrow screen', async () => {
  const { page } = await here.visitors.person('dana', '/d/sales');
  await ready(page, 'data-table');
  const text = await alarm(page).innerText();
  expect(text).toContain('The audit log is broken since entry 2. Entry 2 is not what was written');
  expect(text).toContain('Entries up to 1 can be trusted.');
  expect(text).toContain('docs/operations.md');
  expect(text).toContain('datamesh audit verify');
  await inBothThemes(page, 'audit broken');
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const checked = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/audit/verification'));
  await page.getByRole('button', { name: 'Check again' }).press('Enter');
  await checked;
  await expect.poll(() => alarm(page).count()).toBe(1);
  // Wherever somebody is: a path that leads nowhere is a page of the dashboard too.
  await page.goto('/l/00000000-0000-4000-8000-000000000000');
  await alarm(page).waitFor();
  here.visitors.watch.expect(/status of 404/);
});

it('nobody else is told', async () => {
  for (const [id, path] of [
    ['casey', '/d/sales'],
    ['robin', '/d/operations'],
  ] as const) {
    const { page, context } = await here.visitors.person(id, path);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByRole('button', { name: /^Account of/ }).waitFor();
    expect(await alarm(page).count()).toBe(0);
    expect(asked).not.toContain('/api/v1/audit/verification');
    await context.close();
  }
});

it('it goes when the log is whole again, and comes to open pages when it is found broken', async () => {
  const { page } = await here.visitors.person('dana', '/d/sales');
  const { page: other } = await here.visitors.person('dana', '/d/operations');
  await alarm(page).waitFor();
  await alarm(other).waitFor();
  tamper(here.stack.data, 'as it was');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('The audit log is whole.').waitFor();
  for (const each of [page, other]) await expect.poll(() => alarm(each).count()).toBe(0);
  tamper(here.stack.data, 'changed');
  // As `datamesh audit verify` asks.
  const verified = await fetch(`${here.stack.registryUrl}/api/v1/audit/verification`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await here.stack.bootstrapSecret()}` },
  });
  expect(await verified.json()).toMatchObject({ ok: false });
  for (const each of [page, other]) await alarm(each).waitFor();
});
