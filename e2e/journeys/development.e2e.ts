/** `npm run dev`: a change of a source is on the screen, or in an answer, by itself and at once; a mistake is said and takes nothing away. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Visitors } from '../harness/browser';
import { isMarked, mark, panel, ready, tableRow, words } from '../harness/dashboard';
import { Development } from '../harness/development';

/** Milliseconds after which a change is given up. On a quiet machine it takes a fraction: what was seen is printed. */
const GIVEN_UP = 120_000;

const ROOT = join(import.meta.dirname, '../..');

let system: Development;
let visitors: Visitors;
let page: Page;
beforeAll(async () => {
  system = await Development.start();
  visitors = await Visitors.open(system);
  ({ page } = await visitors.person('casey'));
  await ready(page, 'data-table', 'series-chart', 'date-range');
});
afterEach(() => expect(visitors?.watch.take() ?? []).toEqual([]));
afterAll(async () => {
  await visitors?.close();
  await system?.stop();
  await system?.remove();
});

/** Asks every few milliseconds, and prints how long it took. */
async function until(what: string, since: number, seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) {
    if (performance.now() - since > GIVEN_UP)
      throw new Error(`${what} is not seen after ${GIVEN_UP / 1000} s:\n${system.said().slice(-3000)}`);
    await new Promise((soon) => setTimeout(soon, 10));
  }
  console.log(`${what}: ${Math.round(performance.now() - since)} ms`);
}

const has = (text: string) => () =>
  page
    .locator('body')
    .innerText()
    .then(
      (all) => all.includes(text),
      // Between two pages.
      () => false,
    );
const isNewPage = () => page.evaluate(() => !('former' in window));
const former = () => page.evaluate(() => void Object.assign(window, { former: true }));

describe('npm run dev', () => {
  it('exchanges a style sheet where it is', async () => {
    await former();
    const since = await system.change('host/src/styles/shell.css', /$/, '\n.bar { outline: 3px solid rgb(1, 2, 3); }\n');
    await until('a line of CSS', since, () =>
      page.locator('header.bar').evaluate((bar) => getComputedStyle(bar).outlineColor === 'rgb(1, 2, 3)'),
    );
    expect(await isNewPage()).toBe(false);
    await expect.poll(() => page.locator('link[rel="stylesheet"][href*="/main.css"]').count()).toBe(1);
  });

  it('loads the page anew for a changed component, with what was open and chosen', async () => {
    await tableRow(page, 'IBM').click();
    await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
    await former();
    const since = await system.change('host/src/app/Bar.tsx', "i18n.t('Make my own copy')", "'Make a copy of mine'");
    await until('a text of a component', since, has('Make a copy of mine'));
    expect(await isNewPage()).toBe(true);
    await ready(page, 'data-table', 'series-chart', 'date-range');
    await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  });

  it('says over the page what does not build; the last that did goes on, until it is mended', async () => {
    await former();
    const broken = await system.change('host/src/app/Bar.tsx', "'Make a copy of mine'", "'Make a copy of mine");
    const said = page.locator('[data-development="alert"]');
    await until('a mistake', broken, () => said.isVisible());
    expect(await said.innerText()).toMatch(/^page: [\s\S]*Bar\.tsx/);
    await expect.poll(() => system.said()).toContain('page: does not build');
    expect(await has('Make a copy of mine')()).toBe(true);
    // Also in a page that is opened now, by an edge that has started again.
    visitors.watch.expect(/Failed to load resource|net::ERR/);
    const started = (await system.processes()).length;
    await system.change('host/server/health.ts', "status: 'alive'", "status: 'alive again'");
    await expect.poll(async () => (await system.processes()).length).toBe(started + 1);
    await expect
      .poll(() =>
        fetch(`${system.url}/healthz`)
          .then((answer) => answer.text())
          .catch(() => ''),
      )
      .toContain('again');
    await page.reload();
    await ready(page, 'data-table', 'series-chart', 'date-range');
    await expect.poll(has('Make a copy of mine')).toBe(true);
    await said.waitFor();
    const mended = await system.change('host/src/app/Bar.tsx', "'Make a copy of mine", "'Make a copy of mine'");
    await until('its mend', mended, async () => !(await said.isVisible()));
  });

  it('starts a service again, and its debugger port is there again', async () => {
    visitors.watch.expect(/Failed to load resource|net::ERR/);
    const alive = async () => (await fetch(`${system.registryUrl}/healthz`)).text().catch(() => '');
    expect(await alive()).toContain('alive');
    const before = await system.processes();
    const since = await system.change('registry-api/src/app.ts', "{ status: 'alive' }", "{ status: 'alive and changed' }");
    await until('a source of a service', since, async () => (await alive().catch(() => '')).includes('alive and changed'));
    expect((await system.processes()).length).toBe(before.length + 1);
    expect(await (await fetch(`${system.inspectUrl}/json/list`)).json()).toMatchObject([{ type: 'node' }]);
    // A mistake of a service is said as well, and what runs goes on.
    const broken = await system.change('registry-api/src/app.ts', 'alive and changed', "alive and' broken");
    await until('a mistake of a service', broken, () => page.locator('[data-development="alert"]').isVisible());
    expect(await alive()).toContain('alive and changed');
    await system.change('registry-api/src/app.ts', "alive and' broken", 'alive');
    await until('its mend', performance.now(), async () => !(await page.locator('[data-development="alert"]').isVisible()));
  });

  it('starts the edge again under an open page, which goes on hearing', async () => {
    visitors.watch.expect(/Failed to load resource|net::ERR/);
    await former();
    const since = await system.change('host/server/health.ts', "status: 'alive again'", "status: 'alive and changed'");
    const alive = () => fetch(`${system.url}/healthz`).then((answer) => answer.text());
    await until('a source of the edge', since, async () => (await alive().catch(() => '')).includes('alive and changed'));
    const again = await system.change('host/src/styles/shell.css', 'rgb(1, 2, 3)', 'rgb(4, 5, 6)');
    await until('a line of CSS after that', again, () =>
      page.locator('header.bar').evaluate((bar) => getComputedStyle(bar).outlineColor === 'rgb(4, 5, 6)'),
    );
    expect(await isNewPage()).toBe(false);
  });

  it('builds and publishes a widget anew, which changes in the open page', async () => {
    await former();
    await mark(page, 'date-range');
    await mark(page, 'data-table');
    const since = await system.change('remotes/date-range/src/widget.ts', /aria-label=\$\{say\('Shortcuts'\)\}/, 'aria-label="Short cuts"');
    const changed = panel(page, 'date-range').getByRole('group', { name: 'Short cuts' });
    await until('a source of a widget', since, () => changed.isVisible());
    expect(await isMarked(page, 'date-range')).toBe(false);
    expect(await isMarked(page, 'data-table')).toBe(true);
    expect(await isNewPage()).toBe(false);
  });

  it('is no part of what is built for anybody else', async () => {
    for (const folder of ['host/dist', 'host/dist-server']) {
      const files = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.mjs'));
      expect(files.length).toBeGreaterThan(0);
      for (const name of files) expect(await readFile(join(ROOT, folder, name), 'utf8'), name).not.toContain('/development/');
    }
  });

  it('ends with all that it started', async () => {
    const pids = await system.processes();
    expect(pids.length).toBeGreaterThanOrEqual(4);
    expect(await system.stop()).toBe(0);
    const gone = pids.every((pid) => {
      try {
        return !process.kill(pid, 0);
      } catch {
        return true;
      }
    });
    expect(gone).toBe(true);
    await expect(fetch(system.url)).rejects.toThrow();
  });
});
