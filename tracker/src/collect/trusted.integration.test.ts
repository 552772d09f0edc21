import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/event';
import {
  BROWSER,
  eventsIn,
  FOREIGN_KEY,
  KEY,
  startRegistry,
  startTestTracker,
  type TestRegistry,
  type TestTracker,
} from '../testing/tracker';
import { uuidv7 } from './uuid';

let registry: TestRegistry;
let tracker: TestTracker;

beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url);
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

const DAY = 86_400_000;
const send = (events: object[], headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${tracker.url}/t/events`, {
    method: 'POST',
    body: JSON.stringify(events),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...headers },
  });
const outcome = (response: Response): string | null => response.headers.get('datamesh-event');

/** What was stored of events with these ids, in their order. */
async function stored(...ids: string[]): Promise<StoredEvent[]> {
  const found = new Map((await eventsIn(tracker.folder)).map((event) => [event.event_id, event]));
  return ids.map((id) => {
    const event = found.get(id);
    if (!event) throw new Error(`${id} is not stored`);
    return event;
  });
}

describe('a trusted sender', () => {
  it('is no bot, of no origin and never opted out, and is believed who the visitor is', async () => {
    const [first, second, third] = [uuidv7(Date.now()), uuidv7(Date.now()), uuidv7(Date.now())];
    const said = { site: 'shop', visitor: 'alex@shop.test', user_agent: BROWSER, country: 'JP', ip: '203.0.113.7', path: '/' };
    const events = [
      { ...said, id: first },
      { ...said, id: second, ip: '203.0.113.8', country: 'DE' },
      { ...said, id: third, visitor: 'dana@shop.test' },
    ];
    const answer = await send(events, { 'user-agent': 'Googlebot/2.1', origin: 'https://evil.test', 'sec-gpc': '1' });
    expect(await answer.json()).toEqual({ stored: 3, dropped: {} });
    const [one, two, other] = await stored(first, second, third);
    expect(one).toMatchObject({ country: 'JP', browser: 'Chrome', os: 'Linux', device: 'desktop' });
    expect(two).toMatchObject({ country: 'DE', visitor_id: one?.visitor_id, session_id: one?.session_id });
    expect(other?.visitor_id).not.toBe(one?.visitor_id);
    const everything = JSON.stringify(await eventsIn(tracker.folder));
    for (const secret of ['alex@shop.test', '203.0.113', KEY]) expect(everything).not.toContain(secret);
  });

  it('may tell history, up to 400 days of it, and what is older is refused rather than counted today', async () => {
    const ids = [1, 2, 3].map(() => uuidv7(Date.now()));
    const then = Date.now() - 300 * DAY;
    const at = (ms: number): string => new Date(ms).toISOString();
    const answer = await send([
      { site: 'shop', id: ids[0], visitor: 'anna', ts: at(then) },
      { site: 'shop', id: ids[1], visitor: 'anna', ts: at(then + 60_000) },
      { site: 'shop', id: ids[2], visitor: 'anna', ts: at(then + 3_600_000) },
      { site: 'shop', visitor: 'anna', ts: at(Date.now() - 401 * DAY) },
    ]);
    expect(await answer.json()).toEqual({ stored: 3, dropped: { bad_event: 1 } });
    const [first, second, third] = await stored(...ids);
    expect(first?.ts).toBe(then);
    expect(second?.session_id).toBe(first?.session_id);
    expect(third?.session_id).not.toBe(first?.session_id);
  });

  it('does not end or prolong the visit that its visitor is on just now', async () => {
    const ids = [1, 2, 3].map(() => uuidv7(Date.now()));
    await send([{ site: 'dashboard', id: ids[0], visitor: 'ben' }]);
    await send([{ site: 'dashboard', id: ids[1], visitor: 'ben', ts: new Date(Date.now() - 30 * DAY).toISOString() }]);
    await send([{ site: 'dashboard', id: ids[2], visitor: 'ben' }]);
    const [before, told, after] = await stored(...ids);
    expect(after?.session_id).toBe(before?.session_id);
    expect(told?.session_id).not.toBe(before?.session_id);
    expect(told?.visitor_id).toBe(before?.visitor_id);
  });

  it('has to say who it was on an account site', async () => {
    const answer = await send([{ site: 'dashboard', ip: '203.0.113.7', user_agent: BROWSER }]);
    expect(await answer.json()).toEqual({ stored: 0, dropped: { not_signed_in: 1 } });
  });

  it('sends pixels as well', async () => {
    const query = new URLSearchParams({ site: 'shop', id: uuidv7(Date.now()), visitor: 'anna', country: 'FR' });
    const response = await fetch(`${tracker.url}/t/pixel.gif?${query}`, { headers: { authorization: `Bearer ${KEY}` } });
    expect(outcome(response)).toBe('stored');
    expect(await stored(query.get('id') ?? '')).toMatchObject([{ country: 'FR' }]);
  });
});

describe('a key that is none of the site’s', () => {
  it('is refused, counted, and answered with a problem where somebody reads it', async () => {
    for (const [site, key] of [
      ['shop', FOREIGN_KEY],
      ['plant', KEY],
      ['shop', 'dmk_'],
      ['shop', 'made-elsewhere.in/its=own-form'],
    ] as const) {
      const response = await send([{ site }, { site }], { authorization: `Bearer ${key}`, 'user-agent': BROWSER });
      expect([response.status, outcome(response)]).toEqual([403, 'dropped; reason=key_refused']);
      expect(await response.json()).toMatchObject({ code: 'key_refused', status: 403 });
    }
    const headers = { authorization: `Bearer ${FOREIGN_KEY}`, 'user-agent': BROWSER };
    const pixel = await fetch(`${tracker.url}/t/pixel.gif?site=shop`, { headers });
    expect([pixel.status, outcome(pixel)]).toEqual([200, 'dropped; reason=key_refused']);
    expect(await (await fetch(`${tracker.url}/metrics`)).text()).toMatch(/tracker_events_total\{outcome="key_refused"\} 9\n/);
  });

  it('does not keep out those of the batch that it fits', async () => {
    const response = await send([{ site: 'shop', visitor: 'anna' }, { site: 'plant' }]);
    expect([response.status, await response.json()]).toEqual([200, { stored: 1, dropped: { key_refused: 1 } }]);
  });
});

describe('everybody else', () => {
  it('is not believed, and what they say of that kind is not even looked at', async () => {
    const ids = [1, 2].map(() => uuidv7(Date.now()));
    const lies = { visitor: { not: 'text' }, ip: 'nonsense', user_agent: 'Googlebot/2.1', country: 'XXX' };
    const headers = { authorization: '', 'user-agent': BROWSER };
    const answer = await send(
      [
        { site: 'shop', id: ids[0], ...lies, ts: new Date(Date.now() - 30 * DAY).toISOString() },
        { site: 'shop', id: ids[1], visitor: 'anna', country: 'JP', ip: '203.0.113.9' },
      ],
      headers,
    );
    expect(await answer.json()).toEqual({ stored: 2, dropped: {} });
    const [liar, other] = await stored(...ids);
    expect(liar).toMatchObject({ country: null, browser: 'Chrome', visitor_id: other?.visitor_id });
    expect(other?.country).toBeNull();
    expect(liar?.ts).toBe(liar?.received_ts);
  });

  it('cannot make a sign-in out of a key, nor a key out of a sign-in', async () => {
    const response = await fetch(`${tracker.url}/api/tracker/v1/sites`, { headers: { authorization: `Bearer ${KEY}` } });
    expect(response.status).toBe(401);
    const token = await registry.token();
    const answer = await send([{ site: 'shop', visitor: 'anna' }], { authorization: `Bearer ${token}`, 'user-agent': 'Googlebot/2.1' });
    expect(await answer.json()).toEqual({ stored: 0, dropped: { bot: 1 } });
  });
});
