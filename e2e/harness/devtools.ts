/**
 * Chromium by its DevTools protocol alone. Playwright holds every page visible, without a back/forward cache and without prerendering:
 * whatever happens to a page when nobody looks at it happens here only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumPath } from './browser';
import { FLAGS } from './flags';

type Params = Record<string, unknown>;
interface Message {
  id?: number;
  method?: string;
  params?: Params;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
}
interface Target {
  targetId: string;
  type: string;
  subtype?: string;
  url: string;
}

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

export class Chromium {
  #asked = new Map<number, { session: string | undefined; answer(message: Message): void }>();
  #listeners = new Set<(message: Message) => void>();
  #next = 0;
  #text = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => this.#take(chunk));
  }

  static async launch(): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'datamesh-chromium-'));
    // For chrome://discards, which alone can throw away a tab.
    await writeFile(join(profile, 'Local State'), JSON.stringify({ internal_only_uis_enabled: true }));
    const flags = [...FLAGS, '--headless', `--user-agent=${USER_AGENT}`, `--user-data-dir=${profile}`, '--remote-debugging-pipe'];
    const child = spawn(chromiumPath(), [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const browser = new Chromium(child, profile);
    await browser.send('Browser.getVersion');
    return browser;
  }

  /** A new tab, in front of all others if not told otherwise; `prepare` runs in each of its documents before their own scripts. */
  async open(url: string, { background = false, prepare = '' } = {}): Promise<Tab> {
    const before = new Set((await this.#tabs()).map(({ targetId }) => targetId));
    await this.send('Target.createTarget', { url: prepare ? 'about:blank' : url, background });
    const target = (await this.#tabs()).find(({ targetId }) => !before.has(targetId));
    if (!target) throw new Error(`no tab was opened for ${url}`);
    const tab = new Tab(this);
    await tab.attach(target.targetId);
    if (prepare) {
      await tab.send('Page.enable');
      await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: prepare });
      await tab.goto(url);
    }
    return tab;
  }

  /** As the browser does on its own when memory is short. The tab must not be in front, and stays where it is. */
  async discard(tab: Tab): Promise<void> {
    const url = await tab.evaluate<string>('location.href');
    await tab.detach(); // a page that somebody inspects is kept
    const row = `[...document.querySelector('discards-main').shadowRoot.querySelector('discards-tab').shadowRoot.querySelectorAll('tr')]
      .find((row) => row.querySelector('.tab-url-cell')?.textContent.trim() === ${JSON.stringify(url)})`;
    // Behind the one in front: closing that would bring the discarded tab forward, and so load it again at once.
    const page = await this.open('chrome://discards/', { background: true });
    await page.until(`document.querySelector('discards-main') && ${row} !== undefined`);
    await page.evaluate(
      `[...${row}.querySelectorAll('[is=action-link]')].find((link) => link.textContent.includes('Urgent Discard')).click()`,
    );
    await page.until(`${row}?.textContent.includes('discarded')`);
    await page.close();
    const left = (await this.#tabs()).find((target) => target.url === url);
    if (!left) throw new Error(`${url} has no tab any more`);
    await tab.attach(left.targetId);
  }

  async send<T = unknown>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
    const id = ++this.#next;
    const answered = new Promise<Message>((answer) => this.#asked.set(id, { session: sessionId, answer }));
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  listen(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    await this.send('Browser.close');
    await closed;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #tabs(): Promise<Target[]> {
    const { targetInfos } = await this.send<{ targetInfos: Target[] }>('Target.getTargets', { filter: [{ type: 'tab' }] });
    return targetInfos;
  }

  #take(chunk: string): void {
    const messages = (this.#text + chunk).split('\0');
    this.#text = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      const asked = this.#asked.get(message.id ?? 0);
      this.#asked.delete(message.id ?? 0);
      asked?.answer(message);
      if (message.method === 'Target.detachedFromTarget') this.#gone(message.params?.['sessionId']);
      if (message.method) for (const listener of this.#listeners) listener(message);
    }
  }

  /** A page that is gone answers nothing any more. */
  #gone(session: unknown): void {
    for (const [id, asked] of this.#asked) {
      if (asked.session !== session) continue;
      this.#asked.delete(id);
      asked.answer({ error: { message: 'the page has gone' } });
    }
  }
}

export class Tab {
  /** The page in it, and one that is prerendered behind it. */
  #pages: { session: string; target: Target }[] = [];

  #target = '';
  #session = '';

  constructor(private readonly browser: Chromium) {
    browser.listen(({ method, params, sessionId }) => {
      if (sessionId !== this.#session) return;
      if (method === 'Target.attachedToTarget')
        this.#pages.push({ session: params?.['sessionId'] as string, target: params?.['targetInfo'] as Target });
      if (method === 'Target.detachedFromTarget') this.#pages = this.#pages.filter(({ session }) => session !== params?.['sessionId']);
    });
  }

  /** To the tab rather than to its page: that would keep Chromium from prerendering. */
  async attach(targetId: string): Promise<void> {
    const { sessionId } = await this.browser.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    this.#target = targetId;
    this.#session = sessionId;
    await this.browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, sessionId);
  }

  async detach(): Promise<void> {
    await this.browser.send('Target.detachFromTarget', { sessionId: this.#session });
    this.#pages = [];
  }

  /** The value of an expression; promises are waited for. */
  async evaluate<T>(expression: string, { prerendered = false } = {}): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { exception?: { description: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true }, { prerendered });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  /** Until an expression is true, in whichever page is there by then. */
  async until(expression: string, where = { prerendered: false }): Promise<void> {
    let last: unknown;
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      last = await this.evaluate(expression, where).catch((error: unknown) => error); // between two pages there is none
      if (last && !(last instanceof Error)) return;
    }
    throw new Error(`never true: ${expression} (${String(last)})`);
  }

  async goto(url: string): Promise<void> {
    await this.evaluate(`setTimeout(() => location.assign(${JSON.stringify(url)}))`);
    await this.until(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`);
  }

  async back(): Promise<void> {
    const from = await this.evaluate<string>('location.href');
    await this.evaluate('void setTimeout(() => history.back())');
    await this.until(`location.href !== ${JSON.stringify(from)} && document.readyState === 'complete'`);
  }

  /** In front of the other tabs, which hides them. */
  async show(): Promise<void> {
    await this.browser.send('Target.activateTarget', { targetId: this.#target });
  }

  async setOffline(offline: boolean): Promise<void> {
    await this.send('Network.enable');
    await this.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  }

  /** To the page that is there, or to the one that is prepared behind it. */
  send<T = unknown>(method: string, params: Params = {}, { prerendered = false } = {}): Promise<T> {
    const behind = this.#pages.length > 1 ? this.#pages.findIndex(({ target }) => target.subtype === 'prerender') : -1;
    const page = prerendered ? this.#pages[behind] : this.#pages.find((_, index) => index !== behind);
    if (!page) throw new Error('the tab has no page just now');
    return this.browser.send<T>(method, params, page.session);
  }

  async close(): Promise<void> {
    await this.detach();
    await this.browser.send('Target.closeTarget', { targetId: this.#target });
  }
}
