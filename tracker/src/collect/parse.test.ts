import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dropped, type Origin } from './event';
import { parseEvent, parseTestimony } from './parse';

const NOW = Date.parse('2026-05-02T12:00:00Z');
const origin: Origin = {
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
    for (const load_ms of [-1, 600_001, 1.5, '1.5', '-1', 'soon', true, '600001'])
      expect(parseEvent({ site: 'shop', load_ms }, origin, 'view')).toEqual(new Dropped('bad_event'));
  });

  it('takes text of nothing but control characters as absent, and never halves a character', () => {
    expect(parse({ widget: '\u0000\u0007', path: `${'x'.repeat(998)}🙂` })).toMatchObject({ widget: null, path: `/${'x'.repeat(998)}` });
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
    const said = parseTestimony(raw, event, origin);
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
    ['visitor', 5],
    ['visitor', LONG.slice(0, 101)],
    ['ip', '300.1.1.1'],
    ['ip', 'localhost'],
    ['user_agent', LONG],
    ['user_agent', []],
    ['country', 'de'],
    ['country', 'D'],
    ['country', 'DEU'],
    ['ts', '2025-03-01T00:00:00Z'],
  ])('is refused with a wrong %s, rather than counted wrongly', (field, value) => {
    expect(say({ [field]: value })).toBe('bad_event');
  });
});
