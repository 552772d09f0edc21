import type { WidgetUsage } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { errorShare, inBrief, loadTime, percent, stay } from './format-usage';
import { type Figures, MAX_ITEMS, UsageCache } from './usage-cache';
import { compareNewest, isShown, type VersionRow, versionRows } from './versions';

/** As the tracker says it. */
const MISSING = { code: 'rare_values', text: 'there is more' } as const;

const figures = (part: Partial<Figures> = {}): Figures => ({ opens: 100, visitors: 10, dwellMs: 60_000, errors: 0, load: null, ...part });
const load = (p75: number, count = 100) => ({ count, p50: p75 / 2, p75, p95: p75 * 2 });

describe('figures in words', () => {
  it('are brief on a card, and nothing where there is nothing to say', () => {
    expect(inBrief(figures({ opens: 2341, visitors: 41, errors: 28, load: load(380) }))).toEqual([
      '2.3K opens by 41 people',
      'ready in 0.4 s',
      '1.2% errors',
    ]);
    expect(inBrief(figures({ opens: 1, visitors: 1, load: load(20) }))).toEqual(['1 open by 1 person', 'ready in 0.1 s']);
    expect(inBrief(figures({ opens: 0, visitors: 0 }))).toEqual([]);
    expect(inBrief(figures({ opens: 0, errors: 3 }))).toEqual(['did not open: 3 errors']);
  });

  it('have the unit that fits', () => {
    expect([4, 999, 1_240, 9_949, 14_400].map(loadTime)).toEqual(['4 ms', '999 ms', '1.2 s', '9.9 s', '14 s']);
    expect([1_400, 99_000, 100_000, 7_500_000].map(stay)).toEqual(['1 s', '99 s', '2 min', '2 h 5 min']);
    expect([0, 0.0001, 0.004, 0.099, 0.12, 1].map(percent)).toEqual(['0', '<0.1%', '0.4%', '9.9%', '12%', '100%']);
  });

  it('count an error without an open as all of it, and never more', () => {
    expect([errorShare({ opens: 0, errors: 4 }), errorShare({ opens: 2, errors: 6 }), errorShare({ opens: 4, errors: 1 })]).toEqual([
      1, 1, 0.25,
    ]);
  });
});

describe('UsageCache', () => {
  const answer = (count: number): WidgetUsage => ({
    items: Array.from({ length: count }, (_, at) => ({ widget: `w${at}`, versions: [], ...figures() })),
  });
  function setting(...answers: (WidgetUsage | Error)[]) {
    const at = { now: 0, asked: [] as (string | undefined)[] };
    const book = new UsageCache({
      async ask(widget) {
        at.asked.push(widget);
        const next = answers.shift();
        if (!(next && 'items' in next)) throw next ?? new Error('asked too often');
        return next;
      },
      now: () => at.now,
    });
    return { at, book };
  }

  it('asks once for all cards, and again after five minutes', async () => {
    const { at, book } = setting(answer(2), answer(3));
    const [one, two] = await Promise.all([book.all(), book.of('w1')]);
    expect([one.items.size, two.usage?.widget, (await book.of('w7')).usage]).toEqual([2, 'w1', null]);
    expect(at.asked).toEqual([undefined]);
    at.now = 300_000;
    expect((await book.all()).items.size).toBe(3);
  });

  it('forgets a failure', async () => {
    const { book } = setting(new Error('503'), answer(1));
    await expect(book.all()).rejects.toThrow('503');
    expect((await book.all()).items.size).toBe(1);
  });

  it('asks by name for a widget beyond the most opened ones', async () => {
    const { at, book } = setting(answer(MAX_ITEMS), {
      items: [{ widget: 'rare', versions: [], ...figures({ opens: 1 }) }],
      partial: [MISSING],
    });
    expect(await book.of('rare')).toMatchObject({ usage: { opens: 1 }, partial: [MISSING] });
    expect(at.asked).toEqual([undefined, 'rare']);
  });
});

describe('versions', () => {
  const published = (version: string, day: number) => ({
    version,
    publishedAt: `2026-09-0${day}T00:00:00Z`,
    publishedBy: 'robin',
    deprecated: null,
    yanked: null,
    bytes: 1,
  });
  const detail = {
    versions: [published('1.9.0', 1), published('1.10.0', 3), published('1.9.1', 2), published('1.8.0', 1)],
    channels: { stable: '1.9.1', latest: '1.10.0' },
  };

  it('come newest first by publication, with what the registry no longer knows at the end', () => {
    const rows = versionRows(detail, {
      widget: 'w',
      ...figures(),
      versions: [
        { version: '1.9.0', ...figures() },
        { version: '0.1.0', ...figures({ opens: 2 }) },
      ],
    });
    expect(rows.map(({ version, channels, figures: known }) => [version, channels, known?.opens])).toEqual([
      ['1.10.0', ['latest'], undefined],
      ['1.9.1', ['stable'], undefined],
      ['1.9.0', [], 100],
      ['1.8.0', [], undefined],
      ['0.1.0', [], 2],
    ]);
    expect(rows.filter(isShown).map(({ version }) => version)).toEqual(['1.10.0', '1.9.1', '1.9.0', '0.1.0']);
  });

  const row = (version: string, own: Figures | null): VersionRow => ({
    version,
    published: { at: '2026-09-01T00:00:00Z', by: 'robin' },
    channels: [],
    deprecated: null,
    yanked: null,
    figures: own,
  });
  const compared = (newer: Partial<Figures>, older: Partial<Figures>) =>
    compareNewest([row('3.0.0', null), row('2.0.0', figures(newer)), row('1.0.0', figures(older))]).map(
      ({ tone, text }) => `${tone}: ${text}`,
    );

  it('are compared in words: the newest that is opened with the one before', () => {
    expect(compared({ opens: 800, errors: 28, load: load(900) }, { opens: 1000, errors: 6, load: load(400) })).toEqual([
      'bad: 2.0.0 loads slower than 1.0.0: three of four opens are ready within 900 ms, 400 ms before.',
      'bad: Errors went up with 2.0.0: 3.5% of opens, 0.6% before.',
    ]);
    expect(compared({ opens: 1000, errors: 6, load: load(400) }, { opens: 800, errors: 28, load: load(900) })).toEqual([
      'good: 2.0.0 loads faster than 1.0.0: three of four opens are ready within 400 ms, 900 ms before.',
      'good: Errors went down with 2.0.0: 0.6% of opens, 3.5% before.',
    ]);
  });

  it('are alike where the difference is chance, or nobody would notice it', () => {
    expect(compared({ load: load(60) }, { load: load(30) })).toEqual([
      'same: 2.0.0 loads about as fast as 1.0.0: three of four opens are ready within 60 ms, 30 ms before.',
      'same: Neither 2.0.0 nor 1.0.0 had an error.',
    ]);
    expect(compared({ errors: 3 }, { errors: 1 })).toEqual(['same: Errors are about as rare as with 1.0.0: 3.0% of opens, 1.0% before.']);
  });

  it('are not compared on few opens, and not at all where there is one', () => {
    expect(compared({ opens: 7 }, {})).toEqual([
      'unknown: Too few opens of 2.0.0 to compare 2.0.0 with 1.0.0: 7 so far, 20 tell something.',
    ]);
    expect(compareNewest([row('2.0.0', figures()), row('1.0.0', null)])).toEqual([]);
    expect(compared({ opens: 100, load: load(900, 3) }, { load: load(100) })).toEqual(['same: Neither 2.0.0 nor 1.0.0 had an error.']);
  });

  it('see a widget that does not even load as one whose errors went up', () => {
    expect(compared({ opens: 0, errors: 40 }, { opens: 500, errors: 1 })).toEqual([
      'bad: Errors went up with 2.0.0: 100% of opens, 0.2% before.',
    ]);
  });
});
