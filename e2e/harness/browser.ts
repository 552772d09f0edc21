/** A real Chromium with a new profile, and people who sit in front of it. */
import { findChromium } from '@datamesh/cli';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { FLAGS } from './flags';
import type { Stack } from './stack';
import { Watch } from './watch';

const PEOPLE = { casey: 'Casey Brooks', alex: 'Alex Lin', robin: 'Robin Okafor', dana: 'Dana Petrova' };
export type PersonId = keyof typeof PEOPLE;

export interface Visitor {
  context: BrowserContext;
  page: Page;
}

export class Visitors {
  readonly watch = new Watch();

  private constructor(
    private readonly browser: Browser,
    private readonly stack: Pick<Stack, 'url'>,
  ) {}

  /** `flags`: of this browser besides those that each has. */
  static async open(stack: Pick<Stack, 'url'>, flags: readonly string[] = []): Promise<Visitors> {
    return new Visitors(await chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...flags] }), stack);
  }

  /** Someone new: no cookies, no storage, nothing cached. */
  async newcomer(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({ baseURL: this.stack.url, viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(120_000);
    await slowDown(context);
    await this.watch.over(context);
    return { context, page: await context.newPage() };
  }

  /** Signed in and looking at `path`. */
  async person(id: PersonId, path = '/', options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await this.newcomer(options);
    await signIn(visitor.page, id, path);
    return visitor;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/**
 * Answers that come later bring out what a journey only sees by luck: `E2E_LATENCY=200` has every page wait 200 ms longer for each.
 * By hand only; a browser that computes more slowly would take its time from everything else on the machine.
 */
async function slowDown(context: BrowserContext): Promise<void> {
  const latency = Number(process.env['E2E_LATENCY'] ?? 0);
  if (!(latency > 0)) return;
  const slow = async (page: Page): Promise<void> => {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
  };
  // A page may be gone before it is slowed.
  context.on('page', (page) => void slow(page).catch(() => undefined));
}

/** By the page that a person sees: choose who one is, arrive at `path`. */
export async function signIn(page: Page, id: PersonId, path = '/'): Promise<void> {
  await page.goto(`/api/v1/session/sign-in?return_to=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: PEOPLE[id] }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/oidc/') && !url.pathname.startsWith('/api/'));
}

export const chromiumPath = (): string =>
  findChromium(process.env['CHROMIUM_PATH'], process.env['PATH'] ?? '') ?? chromium.executablePath();
