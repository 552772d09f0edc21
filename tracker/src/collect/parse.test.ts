import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dropped, type Origin } from './event';
import { parseEvent } from './parse';

const NOW = Date.parse('2026-05-02T12:00:00Z');
const origin: Origin = {
  receivedAt: NOW,
  ip: '',
  userAgent: '',
  origin: null,
  referer: 'https://shop.test/basket?token=secret',
  optedOut: false,
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

  it('never throws, and what it lets through is well-formed', () => {
    const anything = fc.dictionary(
      fc.constantFrom('site', 'id', 'name', 'ts', 'url', 'path', 'referrer', 'widget', 'dwell_ms', 'props', 'x'),
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
