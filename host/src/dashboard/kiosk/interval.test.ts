import { describe, expect, it } from 'vitest';
import { kioskQuery, kioskWish, USUAL } from './interval';

describe('what an address asks of a kiosk', () => {
  it.each([
    ['?kiosk=30s', 30_000],
    ['?kiosk=45s', 45_000],
    ['?kiosk=2m', 120_000],
    ['?kiosk=2M', 120_000],
    ['?kiosk=1h', 3_600_000],
    ['?kiosk=5s', 5_000],
    ['?other=1&kiosk=3600s', 3_600_000],
    ['?kiosk', USUAL],
    ['?kiosk=', USUAL],
  ])('%s', (search, interval) => expect(kioskWish(search)).toEqual({ interval, refused: null }));

  it.each(['4s', '0s', '3601s', '2h', '30', '-30s', '1.5m', 'soon', '30 s', '9999999s'])(
    'takes the usual instead of %s, and says so',
    (text) => expect(kioskWish(`?kiosk=${encodeURIComponent(text)}`)).toEqual({ interval: USUAL, refused: text }),
  );

  it('is none where the address says nothing of it', () => {
    expect(kioskWish('')).toBeNull();
    expect(kioskWish('?kioskk=30s')).toBeNull();
  });

  it('asks for what it was asked for', () => {
    for (const interval of [5_000, 30_000, 3_600_000]) expect(kioskWish(kioskQuery(interval))).toEqual({ interval, refused: null });
  });
});
