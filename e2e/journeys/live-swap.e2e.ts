/** A new version is published while a page is open: panels that follow swap in place, pinned ones do not. */
import { expect, it } from 'vitest';
import { panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { publishAndPromote, release } from '../harness/publishing';

const here = journey();

it('swaps the following panel within seconds and leaves the pinned one', async () => {
  await publishAndPromote(here.stack, await release('notes', '7.0.0'));
  const next = await release('notes', '7.1.0');
  const { page } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: 'Following and pinned',
    tree: {
      type: 'row',
      children: ['following', 'pinned'].map((name) => ({ size: 0.5, node: { type: 'stack', active: 0, panels: [name] } })),
    },
    panels: {
      following: { widget: 'notes@stable', title: 'Following', settings: { text: 'kept across the swap' } },
      pinned: { widget: 'notes@7.0.0', title: 'Pinned', settings: {} },
    },
  });
  await page.goto(`/l/${id}`);
  const following = page.locator('[data-panel="following"]');
  const pinned = page.locator('[data-panel="pinned"]');
  await expect.poll(() => following.getAttribute('data-version')).toBe('7.0.0');
  await expect.poll(() => pinned.getAttribute('data-state')).toBe('ready');
  const loadedAt = await page.evaluate(() => performance.timeOrigin);

  await publishAndPromote(here.stack, next);
  await expect.poll(() => following.getAttribute('data-version')).toBe('7.1.0');
  await expect.poll(() => following.getAttribute('data-state')).toBe('ready');
  await expect.poll(() => words(following)).toContain('kept across the swap');
  expect(await pinned.getAttribute('data-version')).toBe('7.0.0');
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

it('moves open panels off a yanked version', async () => {
  const { page } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'date-range');
  const before = await panel(page, 'date-range').getAttribute('data-version');
  await publishAndPromote(here.stack, await release('date-range', '7.0.0'));
  await expect.poll(() => panel(page, 'date-range').getAttribute('data-version')).toBe('7.0.0');
  const token = await here.stack.token('platform');
  const yanked = await fetch(`${here.stack.url}/api/v1/widgets/date-range/versions/7.0.0/yank`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'a mistake' }),
  });
  expect(yanked.status).toBe(200);
  await expect.poll(() => panel(page, 'date-range').getAttribute('data-version')).not.toBe('7.0.0');
  expect(before).not.toBe('7.0.0');
});
