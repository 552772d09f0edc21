import { expect, it } from 'vitest';
import { Calendar } from './calendar';

const iso = (zone: string, instant: string): string => new Calendar(zone).iso(Date.parse(instant));

it('writes an instant as the clocks there show it, with their offset', () => {
  expect(iso('UTC', '2026-11-10T18:30:00.250Z')).toBe('2026-11-10T18:30:00.250Z');
  expect(iso('Asia/Kolkata', '2026-11-10T18:30:00Z')).toBe('2026-11-11T00:00:00.000+05:30');
  expect(iso('America/St_Johns', '2026-01-10T00:00:00Z')).toBe('2026-01-09T20:30:00.000-03:30');
  expect(iso('Europe/London', '2026-01-10T00:00:00Z')).toBe('2026-01-10T00:00:00.000Z');
});

it('knows both offsets of the day on which the clocks change', () => {
  const berlin = new Calendar('Europe/Berlin');
  const change = Date.parse('2026-10-25T01:00:00Z');
  expect([change - 1, change, change + 1].map((at) => berlin.iso(at).slice(11))).toEqual([
    '02:59:59.999+02:00',
    '02:00:00.000+01:00',
    '02:00:00.001+01:00',
  ]);
  for (const at of [change - 1, change]) expect(Date.parse(berlin.iso(at))).toBe(at);
});
