/** Everything that goes wrong in any page: console errors, uncaught errors, violations of the page's policies. */
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

interface Trouble {
  kind: 'console' | 'error' | 'csp' | 'integrity';
  text: string;
  page: string;
}

/** What a browser says by itself when it looks for a newer service worker while nobody answers. It looks again with the next load. */
const NO_NEWER_WORKER = /^(An unknown error occurred|A bad HTTP response code \(50[234]\) was received) when fetching the script\.$/;

export class Watch {
  readonly #seen: Trouble[] = [];
  readonly #expected: RegExp[] = [NO_NEWER_WORKER];

  /** From here on, trouble whose text matches is part of the journey. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding('reportViolation', ({ page }, kind: 'csp' | 'integrity', text: string) => this.#add(kind, text, page));
    await context.addInitScript(() => {
      const report = (window as unknown as { reportViolation(kind: string, text: string): void }).reportViolation;
      addEventListener(
        'securitypolicyviolation',
        (event) => report('csp', `${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
        true,
      );
      // Not every browser knows the type; what it does not know it ignores.
      new ReportingObserver(
        (reports) => {
          for (const { body } of reports) report('integrity', JSON.stringify(body));
        },
        { types: ['integrity-violation'], buffered: true },
      ).observe();
    });
    context.on('console', (message) => this.#onConsole(message));
    context.on('weberror', (error) => this.#add('error', error.error().stack ?? String(error.error()), error.page() ?? undefined));
  }

  #onConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    this.#add('console', url ? `${message.text()} (${url})` : message.text(), message.page() ?? undefined);
  }

  #add(kind: Trouble['kind'], text: string, page: Page | undefined): void {
    this.#seen.push({ kind, text, page: page?.url() ?? '' });
  }

  /** What nobody expected since the last time this was asked: one line each, with how often. */
  take(): string[] {
    const counts = new Map<string, number>();
    for (const { kind, text, page } of this.#seen.splice(0)) {
      if (this.#expected.some((pattern) => pattern.test(text))) continue;
      const line = `${kind} on ${page}: ${text}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
  }
}
