import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dropped, type RequestContext } from '../events/event';
import { parseEvent, parseTrustedClaims } from './parse';
import { isUuidv7 } from './uuid';

const NOW = Date.parse('2026-05-02T12:00:00Z');
const origin: RequestContext = {
  receivedAt: NOW,
  ip: '',
  userAgent: '',
  origin: null,
  referer: 'https://shop.test/basket?token=secret',
  optedOut: false,
  country: null,
  key: null,
};
const parse = (fields: object) => {
  const parsed = parseEvent({ site: 'shop', ...fields }, origin, 'view');
  if (parsed instanceof Dropped) throw new Error(parsed.reason);
  return parsed;
};

describe('parse', () => {
  it('takes path, host and campaign from the address, and never query or fragment', () => {
    expect(
      parse({
        url: 'https://shop.test/a?utm_source=mail&utm_medium=m&utm_campaign=c&secret=1#x',
        referrer: 'https://find.test/q?q=private',
      }),
    ).toMatchObject({
      path: '/a',
      host: 'shop.test',
      utmSource: 'mail',
      utmMedium: 'm',
      utmCampaign: 'c',
      referrer: 'https://find.test/q',
      name: 'view',
    });
    expect(parse({ path: 'b?x=1' })).toMatchObject({ path: '/b' });
  });

  it('knows a bare pixel’s page by its Referer, and no referrer within the site', () => {
    expect(parse({ referrer: 'https://shop.test/before' })).toMatchObject({ path: '/basket', host: 'shop.test', referrer: null });
  });

  it('believes the client’s clock within a week back and a minute ahead', () => {
    expect(parse({ ts: '2026-05-01T12:00:00Z' }).ts).toBe(NOW - 86_400_000);
    expect(parse({ ts: '2026-04-01T12:00:00Z' }).ts).toBe(NOW);
    expect(parse({ ts: '2026-05-02T12:02:00Z' }).ts).toBe(NOW);
  });

  it('takes whole milliseconds within their limits, as numbers or as the pixel writes them', () => {
    expect(parse({ dwell_ms: '1500', load_ms: 600_000 })).toMatchObject({ dwellMs: 1500, loadMs: 600_000 });
    expect(parse({ dwell_ms: null, load_ms: '' })).toMatchObject({ dwellMs: null, loadMs: null });
    expect(parse({ load_ms: '1.5' }).loadMs).toBe(2);
    for (const load_ms of [-1, 600_001, '-1', 'soon', true, [], '600001', 1e300])
      expect(parse({ load_ms })).toMatchObject({ loadMs: null, lost: new Set(['load_ms']) });
  });

  it('takes text of nothing but control characters as absent, and never halves a character', () => {
    expect(parse({ widget: '\u0000\u0007', path: `${'x'.repeat(998)}🙂` })).toMatchObject({ widget: null, path: `/${'x'.repeat(998)}` });
  });

  it.each([
    ['name', 'x'.repeat(70), { name: 'x'.repeat(60) }],
    ['name', { a: 1 }, { name: 'unnamed' }],
    ['ts', 'yesterday', { ts: NOW }],
    ['ts', 5, { ts: NOW }],
    ['url', 'no address', { path: '/basket' }],
    ['url', ['https://shop.test/a'], { path: '/basket' }],
    ['path', `/${'x'.repeat(3000)}`, { path: `/${'x'.repeat(999)}` }],
    ['path', `/${'x'.repeat(100_000)}`, { path: `/${'x'.repeat(999)}` }],
    ['path', {}, { path: '/basket' }],
    ['referrer', `https://find.test/${'x'.repeat(5000)}`, { referrer: `https://find.test/${'x'.repeat(982)}` }],
    ['referrer', 'android-app://com.chat/', { referrer: null }],
    ['widget', 'w'.repeat(51), { widget: 'w'.repeat(50) }],
    ['widget', { id: 1 }, { widget: null }],
    ['widget_version', 'v'.repeat(101), { widgetVersion: 'v'.repeat(100) }],
    ['panel_id', 'p'.repeat(41), { panelId: 'p'.repeat(40) }],
    ['layout_id', 'l'.repeat(41), { layoutId: 'l'.repeat(40) }],
    ['dwell_ms', 86_400_001, { dwellMs: null }],
    ['props', [1], { props: null }],
    ['props', { deep: { a: 1 }, fine: 1 }, { props: '{"fine":"1"}' }],
  ])('loses no event for a %s that is too long or odd', (field, value, expected) => {
    expect(parse({ [field]: value })).toMatchObject({ ...expected, lost: new Set([field]) });
  });

  it('takes what it can of an address of any length', () => {
    const long = parse({ url: `https://shop.test/a?x=${'y'.repeat(9000)}&utm_source=${'s'.repeat(300)}&utm_medium=mail` });
    expect(long).toMatchObject({ path: '/a', utmSource: 's'.repeat(200), utmMedium: 'mail', lost: new Set(['utm_source']) });
    expect(parse({ url: `https://shop.test/${'a'.repeat(4000)}` })).toMatchObject({ path: `/${'a'.repeat(999)}`, lost: new Set(['path']) });
  });

  it('takes names as people give them', () => {
    for (const name of ['Sign up', 'Outbound Link: Click', '404', 'イベント', 'a/b?c', "it's"])
      expect(parse({ name })).toMatchObject({ name, lost: new Set() });
    expect(parse({ name: '  Sign\tup ' }).name).toBe('Signup');
    expect(parse({ name: ' Sign   up ' }).name).toBe('Sign up');
    expect(parse({ name: '\u0007' }).name).toBe('unnamed');
  });

  it('gives an event whose id is of another kind one of its own, the same each time', () => {
    const id = '123e4567-e89b-42d3-a456-426614174000';
    const first = parse({ id });
    expect(isUuidv7(first.id)).toBe(true);
    expect(first.lost).toEqual(new Set(['id']));
    expect(parse({ id: id.toUpperCase() }).id).toBe(first.id);
    expect(parse({ id, site: 'other' }).id).not.toBe(first.id);
    expect(parse({ id: 'order 17', ts: '2026-05-01T12:00:00Z' }).id).toBe(parse({ id: 'order 17', ts: '2026-05-01T12:00:00Z' }).id);
    expect(parse({ id: 'order 18' }).id).not.toBe(parse({ id: 'order 17' }).id);
  });

  it('refuses only what is no event of any site', () => {
    for (const raw of [null, 5, 'x', [], {}, { site: 5 }, { site: '' }, { site: null }])
      expect(parseEvent(raw, origin, 'view')).toEqual(new Dropped('bad_event'));
  });

  it('never throws, and what it lets through is well-formed', () => {
    const anything = fc.dictionary(
      fc.constantFrom('site', 'id', 'name', 'ts', 'url', 'path', 'referrer', 'widget', 'dwell_ms', 'load_ms', 'props', 'x'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.jsonValue(), fc.constant('\ud800')),
    );
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue()), (raw) => {
        const parsed = parseEvent(raw, origin, 'view');
        if (parsed instanceof Dropped) return;
        const json = JSON.stringify(parsed);
        expect(json).not.toMatch(/\\ud[89a-f]|\\u00[01]/i);
        expect(json.length).toBeLessThan(32_000);
        expect(isUuidv7(parsed.id)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a trusted sender says', () => {
  const DAY = 86_400_000;
  const LONG = 'x'.repeat(1001);
  const say = (fields: object) => {
    const raw = { site: 'shop', ...fields };
    const event = parse(raw);
    const said = parseTrustedClaims(raw, event, origin);
    return said instanceof Dropped ? said.reason : { ...said, ts: event.ts };
  };

  it('is taken to the letter', () => {
    const ts = NOW - 399 * DAY;
    const fields = { visitor: 'alex', ip: '2001:db8::1', user_agent: 'Firefox', country: 'DE', ts: new Date(ts).toISOString() };
    expect(say(fields)).toEqual({ visitor: 'alex', ip: '2001:db8::1', userAgent: 'Firefox', country: 'DE', ts });
    expect(say({ visitor: null, ip: '', country: '' })).toEqual({ visitor: null, ip: null, userAgent: '', country: null, ts: NOW });
  });

  it('is not the time when its clock is ahead', () => {
    expect(say({ ts: '2026-05-02T12:02:00Z' })).toMatchObject({ ts: NOW });
    expect(say({ ts: '2026-05-02T12:00:30Z' })).toMatchObject({ ts: NOW + 30_000 });
  });

  it.each([
    ['visitor', 5, { visitor: '5' }],
    ['visitor', LONG, { visitor: LONG }],
    ['ip', '300.1.1.1', { ip: '300.1.1.1' }],
    ['user_agent', LONG, { userAgent: LONG.slice(1) }],
    ['user_agent', [], { userAgent: '' }],
    ['country', 'de', { country: 'DE' }],
    ['country', 'Germany', { country: null }],
  ])('loses no event for a %s that is too long or odd', (field, value, expected) => {
    expect(say({ [field]: value })).toMatchObject(expected);
  });

  it.each(['2025-03-01T00:00:00Z', 'yesterday', 5])(
    'is refused with a moment (%s) that cannot be believed, rather than counted today',
    (ts) => {
      expect(say({ ts })).toBe('bad_event');
    },
  );
});
