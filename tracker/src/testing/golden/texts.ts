/** Whatever text an event holds and whatever text is asked for: it is a value, compared as it is, and never a part of the question. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import type { QueryEngine, Scope } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

const TEXTS = [
  "it's",
  "''",
  "'; DROP TABLE events; --",
  "' OR '1'='1",
  '"quoted"',
  '`ticks`',
  'back\\slash',
  'back\\\\slash',
  "\\'",
  '\\u0041',
  '\\n',
  '$site',
  '$.plan',
  '$1',
  '%',
  '_',
  '%41',
  '?',
  '{}',
  '[*]',
  '/* comment */',
  '-- comment',
  ';',
  '*',
  '..',
  ' around ',
  'two  spaces',
  'null',
  'NULL',
  'true',
  '1',
  '1.0',
  '01',
  '-1',
  'NaN',
  'Case',
  'case',
  'a:b:c',
  '<b>&amp;</b>',
  'ünïcödé',
  'u\u0308',
  'ü',
  '日本語',
  'שלום',
  '\u2028',
  '\u00a0',
  // By code point the first of these two comes first; by UTF-16 units it would be the other.
  'ｆ',
  '🙂',
  '👩‍👩‍👧',
  `long ${'x'.repeat(480)}`,
] as const;
const LONGEST_PATH = `/${'ü'.repeat(999)}`;
const KEYS = ['plan', 'Plan', 'PLAN', '_', '__proto__', 'constructor', 'a-b', 'a_b', 'a--b', 'select', 'x'.repeat(60)] as const;

export function textsEvents(): StoredEvent[] {
  const of = (index: number, more: Partial<StoredEvent>): StoredEvent =>
    storedEvent({ site_id: 'texts', ts: at('02T10:00') + index, visitor_id: `v${index}`, session_id: `s${index}`, ...more });
  return [
    ...TEXTS.map((text, index) => of(index, { path: text, props: JSON.stringify({ plan: text, other: `not ${text}` }) })),
    of(100, { path: LONGEST_PATH, site_id: 'long-texts', props: JSON.stringify({ note: 'x'.repeat(4000), after: 'yes' }) }),
    ...KEYS.map((key, index) => of(200 + index, { site_id: 'keys', props: `{${JSON.stringify(key)}:${JSON.stringify(`of ${key}`)}}` })),
  ];
}

/** As every engine must order what is equal otherwise. */
const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
const texts = (more: Partial<Scope> = {}): Scope => scope({ site: 'texts', ...more });

export function textsAnswers(engine: () => QueryEngine): void {
  it('is found by itself, and by nothing else', async () => {
    for (const [index, text] of TEXTS.entries())
      for (const dimension of ['path', 'props.plan'] as const) {
        const found = await engine().events(texts({ filters: [{ dimension, value: text }] }), null, 10, context);
        expect(
          found.map((event) => [event.path, event.visitor_id]),
          text,
        ).toEqual([[text, `v${index}`]]);
      }
  }, 60_000);

  it('is counted by itself', async () => {
    for (const text of TEXTS.slice(0, 16)) {
      const filters = [
        { dimension: 'path', value: text },
        { dimension: 'props.other', value: `not ${text}` },
      ] as const;
      expect(await engine().totals(texts({ filters }), context), text).toMatchObject({ visitors: 1, views: 1 });
      const steps = [filters[0], filters[0]];
      expect((await engine().funnel(texts(), steps, 1000, context)).map(({ visitors }) => visitors)).toEqual([1, 0]);
    }
  }, 60_000);

  it('comes back as it was, in the order of code points', async () => {
    for (const dimension of ['path', 'props.plan'] as const) {
      const top = await engine().top(texts(), dimension, 100, context);
      expect(top.map(({ value }) => value)).toEqual([...TEXTS].sort(byCodePoint));
      expect(top.every(({ views, visitors }) => views === 1 && visitors === 1)).toBe(true);
      const first = await engine().top(texts(), dimension, 3, context);
      expect(first).toEqual(top.slice(0, 3));
    }
  });

  it('is not found where nobody wrote it', async () => {
    for (const value of [
      '',
      "it''s",
      "it\\'s",
      'CASE',
      'around',
      ' around',
      '\\',
      "'",
      '%%',
      '1.00',
      'u',
      'A',
      '\n',
      '😀',
      'long x',
      '{{}}',
      '"',
    ])
      for (const dimension of ['path', 'props.plan', 'props.none', 'browser'] as const)
        expect(await engine().totals(texts({ filters: [{ dimension, value }] }), context), value).toMatchObject({ views: 0, visitors: 0 });
  }, 60_000);

  it('long ones are whole', async () => {
    const long = texts({ site: 'long-texts' });
    expect((await engine().top(long, 'path', 10, context)).map(({ value }) => value)).toEqual([LONGEST_PATH]);
    expect((await engine().top(long, 'props.note', 10, context)).map(({ value }) => value.length)).toEqual([4000]);
    expect((await engine().top(long, 'props.after', 10, context)).map(({ value }) => value)).toEqual(['yes']);
  });

  it('keys of properties are told apart, each with its own value', async () => {
    const keys = texts({ site: 'keys' });
    expect(await engine().props(keys, 100, context)).toEqual([...KEYS].sort(byCodePoint).map((key) => ({ key, events: 1 })));
    for (const key of KEYS)
      expect(await engine().top(keys, `props.${key}`, 10, context)).toEqual([{ value: `of ${key}`, views: 1, visitors: 1, dwellMs: 0 }]);
  });
}
