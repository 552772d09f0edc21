import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser';
import { startTestService, type TestService } from '../testing/service';
import { widgetTarball } from '../testing/tarball';

/** What registry-api tells the tracker of a person: the whole service with its own issuer, over real HTTP. */
describe('what a person may see, as the tracker is told', () => {
  let service: TestService;
  let origin: string;
  const people = new Map<string, Browser>();
  const ids: Record<string, string> = {};

  async function call(person: string, path: string, method: string, body: unknown): Promise<{ id: string }> {
    const token = await people.get(person)?.serviceToken();
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return (await answer.json()) as { id: string };
  }
  const ask = (token: string | undefined): Promise<Response> =>
    fetch(`${origin}/internal/v1/viewer`, { headers: { authorization: `Bearer ${token}` } });
  const seenBy = async (person: string) => {
    const { layouts, own, widgets } = (await (await ask(await people.get(person)?.serviceToken('tracker'))).json()) as Record<
      string,
      string[]
    >;
    const names = (found: string[] = []) => Object.keys(ids).filter((name) => found.includes(ids[name] ?? ''));
    return { layouts: names(layouts), own: names(own), widgets };
  };

  beforeAll(async () => {
    service = await startTestService(Date.now);
    ({ origin } = service);
    for (const person of ['casey', 'alex', 'robin', 'dana']) {
      const browser = new Browser(origin);
      await browser.signIn(person);
      people.set(person, browser);
    }
    const robin = new Browser(origin);
    const page = await robin.navigate(await robin.callbackFor('robin', '/api/v1/session/tokens/new?team=markets-data&name=test'));
    const secret = /dmp_[A-Za-z0-9_-]{43}/.exec(await page.text())?.[0];
    const published = await fetch(`${origin}/api/v1/widgets/series-chart/versions/1.0.0`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/gzip' },
      body: new Uint8Array(widgetTarball()),
    });
    expect(published.status).toBe(201);
    const content = { title: 'x', tree: { type: 'stack', active: 0, panels: ['p1'] }, panels: { p1: { widget: 'series-chart@latest' } } };
    const make = async (name: string, person: string, more: object) => {
      ids[name] = (await call(person, '/layouts', 'POST', { ...content, ...more })).id;
    };
    await make('private', 'alex', {});
    await make('sales', 'alex', { department: 'sales', visibility: 'department' });
    await make('granted', 'casey', { grants: [{ to: 'user:robin', may: 'view' }] });
    await make('company', 'dana', { visibility: 'company' });
  });
  afterAll(() => service.stop());

  it('is layouts that they may open, their own, and widgets of their teams', async () => {
    expect(await seenBy('casey')).toEqual({ layouts: ['sales', 'granted', 'company'], own: ['granted'], widgets: [] });
    expect(await seenBy('alex')).toEqual({ layouts: ['private', 'sales', 'company'], own: ['private', 'sales'], widgets: [] });
    expect(await seenBy('robin')).toEqual({ layouts: ['granted', 'company'], own: [], widgets: ['series-chart'] });
  });

  it('is for the tracker’s token, while its session is', async () => {
    const casey = people.get('casey');
    const lives = async (token: string | undefined) =>
      (await fetch(`${origin}/internal/v1/session`, { headers: { authorization: `Bearer ${token}` } })).status;
    for (const token of ['none', await casey?.serviceToken('registry-api')])
      expect([(await ask(token)).status, await lives(token)]).toEqual([401, 401]);
    const kept = await casey?.serviceToken('tracker');
    expect([(await ask(kept)).status, await lives(kept)]).toEqual([200, 204]);
    await casey?.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin } });
    expect([(await ask(kept)).status, await lives(kept)]).toEqual([401, 401]);
  });
});
