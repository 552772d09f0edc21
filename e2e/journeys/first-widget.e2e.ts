/** Somebody outside this repository, with nothing but the packed packages and docs/widgets.md: from an empty folder to a dashboard. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumPath } from '../harness/browser';
import { sh } from '../harness/commands';
import { addWidget, panel, words } from '../harness/dashboard';
import { commandsOf } from '../harness/documents';
import { journey } from '../harness/journey';
import { packedPackages } from '../harness/packages';

const here = journey();
let folder = '';
let packages = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-outside-'));
  packages = await packedPackages();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Signs in for a token as a person does; what the page shows to be copied: the token, and the commands. */
async function newToken(page: Page): Promise<string[]> {
  await page.goto('/api/v1/session/tokens/new?team=markets-data&name=first+widget');
  await page.getByRole('button', { name: 'Robin Okafor' }).click();
  await page.getByRole('heading', { name: 'Your publish token' }).waitFor();
  return page.locator('code.copy').allInnerTexts();
}

it('creates, tests, builds, checks and publishes a widget by the commands of the document, and it is seen', async () => {
  const robin = await here.visitors.newcomer();
  const [token = '', ...printed] = await newToken(robin.page);
  await robin.context.close();

  const shell = {
    cwd: folder,
    env: { CHROMIUM_PATH: chromiumPath(), PACKAGES: packages, XDG_CONFIG_HOME: join(folder, 'config'), CI: 'true' },
  };
  const commands = (await commandsOf('docs/widgets.md', 'From an empty folder to a dashboard')).map((line) =>
    line.replace('http://localhost:4000', here.stack.url),
  );
  // What the page of the token says is what the document says.
  expect(commands.slice(-2)).toEqual(printed);

  const took: string[] = [];
  const began = performance.now();
  for (const command of commands) {
    const since = performance.now();
    const [, into] = /^cd (.+)$/.exec(command) ?? [];
    if (into) shell.cwd = join(shell.cwd, into);
    else {
      const said = await sh(command, shell, command.includes(' login ') ? `${token}\n` : '');
      expect(said, 'the token stays where it is').not.toContain(token);
      if (command.endsWith(' check')) expect(said).toContain("under the dashboard's policies");
      took.push(`${((performance.now() - since) / 1000).toFixed(1)} s  ${command}`);
    }
  }
  console.log([`from an empty folder to published: ${((performance.now() - began) / 1000).toFixed(1)} s`, ...took].join('\n  '));
  const kept = join(folder, 'config/datamesh/credentials.json');
  expect([(await stat(kept)).mode & 0o777, JSON.parse(await readFile(kept, 'utf8'))]).toEqual([
    0o600,
    { last: here.stack.url, tokens: { [here.stack.url]: token }, layoutTokens: {} },
  ]);

  const { page, context } = await here.visitors.person('alex');
  await page.getByRole('button', { name: 'Open or make a layout' }).click();
  await page.getByRole('menuitem', { name: 'New layout' }).click();
  await page.getByRole('complementary', { name: 'Add a widget' }).waitFor();
  await addWidget(page, 'Hello widget');
  await expect.poll(() => words(panel(page, 'hello-widget'))).toBe('Hello, nobody yet');
  await context.close();
});
