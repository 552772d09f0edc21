/** Pictures of what journeys see, for docs/pictures: made where `PICTURES` names a folder of the repository (`npm run pictures`), and not otherwise. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './documents';

const folder = process.env['PICTURES'];

export const makesPictures = folder !== undefined && folder !== '';

/** The same page as narrow as a phone. */
export async function onPhone(page: Page, look: () => Promise<void>): Promise<void> {
  if (!folder) return;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))));
  await look();
}

/** `name`: in words; it becomes the file's name. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  await mkdir(join(ROOT, folder), { recursive: true });
  const file = `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.jpeg`;
  await page.screenshot({ path: join(ROOT, folder, file), type: 'jpeg', quality: 60, animations: 'disabled' });
}
