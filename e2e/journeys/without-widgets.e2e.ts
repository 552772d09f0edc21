/** What takes more than a session: revoking a publish token, and having visits forgotten, on pages that load no widget. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { journey } from '../harness/journey';

const here = journey();

/** Signs in at the demo issuer, which asks anew for each of these pages. */
async function signInOn(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name }).click();
}

it('makes a publish token, lists it with its last use, and revokes it', async () => {
  const { page } = await here.visitors.newcomer();
  await signInOn(page, '/api/v1/session/tokens/new?team=markets-data&name=laptop', 'Robin Okafor');
  await page.getByRole('heading', { name: 'Your publish token' }).waitFor();
  const secret = /dmp_[A-Za-z0-9_-]{43}/.exec(await page.locator('main').innerText())?.[0];
  const tokens = () => fetch(`${here.stack.url}/api/v1/tokens`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await tokens()).status).toBe(403);

  await signInOn(page, '/api/v1/session/tokens', 'Robin Okafor');
  const entry = page.getByRole('listitem').filter({ hasText: 'laptop' });
  expect(await entry.innerText()).toMatch(/team markets-data[\s\S]*last used \d{4}/);
  await entry.getByRole('button', { name: 'Revoke laptop, team markets-data' }).click();
  await page.getByRole('status').filter({ hasText: '“laptop” is revoked' }).waitFor();
  expect(await entry.count()).toBe(0);
  expect((await tokens()).status).toBe(401);
});

it('forgets the visits of whoever signs in for it and says so', async () => {
  const { page } = await here.visitors.newcomer();
  await signInOn(page, '/api/v1/session/erasure?site=dashboard', 'Casey Brooks');
  await page.getByRole('heading', { name: 'Forget your visits?' }).waitFor();
  await page.getByRole('button', { name: 'Forget the visits' }).click();
  await page.getByRole('heading', { name: 'Forgotten' }).waitFor();
});

it('offers an admin without a team a token for layouts, and none that would be refused', async () => {
  const { page } = await here.visitors.person('dana', '/d/sales');
  await page.getByRole('button', { name: /^Account of Dana/ }).click();
  await page.getByRole('menuitem', { name: 'Tokens', exact: true }).waitFor();
  await page.getByRole('menuitem', { name: 'New token…' }).click();
  await page.getByRole('heading', { name: 'Keep layouts in git' }).waitFor();
  expect(await page.getByLabel('Department').locator('option').allInnerTexts()).toContain('sales');
  expect(await page.getByLabel('Team').count()).toBe(0);
});
