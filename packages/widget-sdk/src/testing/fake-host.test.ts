import { afterEach, expect, it } from 'vitest';

/** As much of a DOM as a plain element needs. */
class Element extends EventTarget {
  isConnected = false;
  readonly dataset: Record<string, string> = {};
  readonly attributes = new Map<string, string>();
  connectedCallback?(): void;
  getAttribute = (name: string): string | null => this.attributes.get(name) ?? null;
  setAttribute = (name: string, value: string): void => void this.attributes.set(name, value);
  removeAttribute = (name: string): void => void this.attributes.delete(name);
  remove(): void {
    this.isConnected = false;
  }
}
Object.assign(globalThis, {
  customElements: { define: () => undefined, get: () => undefined },
  document: { documentElement: { lang: '' }, body: { append: (element: Element) => element.connectedCallback?.() } },
});

const { fakeHost } = await import('./fake-host');
const { formatNumber } = await import('../format');

const apple = { type: 'fdc3.instrument', id: { ticker: 'AAPL' } };

class Quote extends Element {
  settings: Record<string, unknown> = {};
  heard: unknown[] = [];
  fdc3!: {
    addContextListener(type: string, handler: (context: unknown) => void): Promise<unknown>;
    broadcast(context: object): Promise<void>;
  };
  panel!: EventTarget & { setTitle(text: string): void; changeSettings(patch: object): Promise<void>; mode: string; language: string };
  override connectedCallback(): void {
    void this.fdc3.addContextListener('fdc3.instrument', (context) => this.heard.push(context));
    this.panel.setTitle(`Quote in ${this.panel.mode}`);
  }
}

const manifest = {
  name: 'quote',
  settings: { type: 'object', properties: { digits: { type: 'integer', default: 2 }, currency: { type: 'string', default: 'EUR' } } },
  bindings: {
    inputs: [{ context: 'fdc3.instrument', take: 'id.ticker', attribute: 'symbol' }],
    outputs: [{ event: 'picked', take: 'detail', context: 'fdc3.instrument', as: 'id.ticker' }],
  },
};

let host: ReturnType<typeof fakeHost>;
afterEach(() => host.unmount());
const mounted = async (options: Parameters<typeof fakeHost>[0] = { manifest }) => {
  host = fakeHost(options);
  return (await host.mount(Quote as unknown as new () => HTMLElement)) as unknown as Quote;
};

it('gives the element what a dashboard gives, before it is connected', async () => {
  const quote = await mounted({ manifest, settings: { digits: 4 }, mode: 'edit', theme: 'dark' });
  expect(quote.settings).toEqual({ digits: 4, currency: 'EUR' });
  expect(Object.fromEntries(quote.attributes)).toEqual({ digits: '4', currency: 'EUR' });
  expect([quote.dataset['theme'], host.title]).toEqual(['dark', 'Quote in edit']);
});

it('says in which language the page is, and when that changes', async () => {
  const quote = await mounted({ manifest, language: 'de-AT' });
  expect([quote.panel.language, formatNumber(1234.5, 1)]).toEqual(['de-AT', expect.stringMatching(/^1.234,5$/)]);
  const heard: string[] = [];
  quote.panel.addEventListener('languagechange', () => heard.push(quote.panel.language));
  await host.tell({ language: 'en' });
  await host.tell({ theme: 'dark' });
  expect([heard, formatNumber(1234.5, 1)]).toEqual([['en'], '1,234.5']);
});

it('lets other panels speak, by code and by bindings, and hears what the element says', async () => {
  const quote = await mounted();
  await host.say(apple);
  expect([quote.heard, quote.attributes.get('symbol')]).toEqual([[apple], 'AAPL']);
  await quote.fdc3.broadcast({ type: 'team.note', text: 'hello' });
  quote.dispatchEvent(new CustomEvent('picked', { detail: 'IBM' }));
  await expect
    .poll(() => host.said)
    .toEqual([
      { type: 'team.note', text: 'hello' },
      { type: 'fdc3.instrument', id: { ticker: 'IBM' } },
    ]);
  await expect(quote.fdc3.broadcast({ type: '' })).rejects.toThrow('MalformedContext');
});

it('changes settings, by the layout’s hand and by the widget’s own', async () => {
  const quote = await mounted();
  await host.change({ currency: 'USD' });
  expect([quote.settings['currency'], quote.attributes.get('currency')]).toEqual(['USD', 'USD']);
  await quote.panel.changeSettings({ digits: 0 });
  expect(quote.settings).toEqual({ digits: 0, currency: 'USD' });
  quote.dispatchEvent(new CustomEvent('settings-change', { detail: { digits: 1 } }));
  expect(host.changes).toEqual([{ digits: 0 }, { digits: 1 }]);
});
