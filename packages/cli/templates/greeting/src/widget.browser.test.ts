// @vitest-environment node
// What was built, in a real browser under the dashboard's own policies: the page is that of `datamesh dev`.
import { openWorkbench } from '@datamesh/cli/testing';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import manifest from '../widget.json';

/** For a busy machine; milliseconds. */
const TIMEOUT_MS = 120_000;

it(
  'greets what was selected last, nothing of it is refused, and axe finds no barrier',
  async () => {
    const bench = await openWorkbench();
    const browser = await chromium.launch({ executablePath: bench.chromium });
    try {
      const page = await browser.newPage();
      await page.goto(bench.url);
      const panel = page.getByRole('region', { name: manifest.title });
      await panel.getByText('Hello, nobody yet').waitFor();
      await page.getByLabel('Context').fill('{ "type": "fdc3.instrument", "name": "Apple" }');
      await page.getByRole('button', { name: 'On its channel' }).click();
      await panel.getByText('Hello, Apple').waitFor();
      await page.getByLabel('Greeting').fill('Good morning');
      await panel.getByText('Good morning, Apple').waitFor();
      expect(await page.getByRole('region', { name: 'Trouble' }).getByRole('listitem').allInnerTexts()).toEqual([]);
      const accessibility = page.getByRole('region', { name: 'Accessibility' });
      await accessibility.getByRole('button', { name: 'Check now' }).click();
      await accessibility.getByText('(axe ').waitFor();
      expect(await accessibility.getByRole('listitem').allInnerTexts()).toEqual([]);
    } finally {
      await browser.close();
      await bench.close();
    }
  },
  TIMEOUT_MS,
);
