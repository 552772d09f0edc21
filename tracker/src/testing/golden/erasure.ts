/** Who is erased on a site is in no answer about it, and in all answers about other sites. */
import { expect, it } from 'vitest';
import type { Erasure, StoredEvent } from '../../events/event';
import type { QueryEngine } from '../../query/port';
import { at, context, scope, storedEvent } from './events';

/** One of them with a name that would end a quoted list, if it were not quoted well. */
const GONE = ['erin', "o'er\\in"];

export function erasedEvents(): StoredEvent[] {
  const of = (visitor_id: string, minute: number, more: Partial<StoredEvent>): StoredEvent =>
    storedEvent({ site_id: 'gone', ts: at('02T10:00') + minute * 60_000, visitor_id, session_id: `s-${visitor_id}`, ...more });
  const visit = (visitor: string, from: number, word: string): StoredEvent[] => [
    of(visitor, from, { path: `/${word}` }),
    of(visitor, from + 1, { event_name: 'dwell', dwell_ms: 1000, path: `/${word}` }),
    of(visitor, from + 2, { event_name: 'signup', props: JSON.stringify({ [word]: word }) }),
    of(visitor, from + 3, { event_name: 'widget_view', widget: word, widget_version: '1.0.0' }),
  ];
  return [
    ...GONE.flatMap((visitor, index) => visit(visitor, index * 10, 'secret')),
    ...visit('frank', 5, 'public'),
    of('erin', 0, { site_id: 'kept', path: '/elsewhere' }),
  ];
}

export const erasures = (): Erasure[] => [{ kind: 'erasure', site_id: 'gone', visitor_ids: GONE, at: at('10T00:00') }];

export function erasureAnswers(engine: () => QueryEngine): void {
  const gone = scope({ site: 'gone' });

  it('leaves the others', async () => {
    expect(await engine().totals(gone, context)).toEqual({ visitors: 1, views: 1, sessions: 1, medianDwellMs: 1000 });
    expect(await engine().visitors(gone, context)).toBe(1);
    expect(await engine().series(gone, [gone.from], context)).toEqual([{ start: gone.from, views: 1, visitors: 1 }]);
    expect(await engine().top(gone, 'path', 10, context)).toEqual([{ value: '/public', views: 1, visitors: 1, dwellMs: 1000 }]);
    expect(await engine().props(gone, 10, context)).toEqual([{ key: 'public', events: 1 }]);
    expect(await engine().sessions(gone, 10, context)).toMatchObject({ sessions: 1, entries: [{ path: '/public', sessions: 1 }] });
    expect((await engine().dwell(gone, context)).sessions).toBe(1);
    expect((await engine().widgets(gone, 10, context)).map(({ widget }) => widget)).toEqual(['public']);
    expect(await engine().recent(gone, 10, context)).toHaveLength(4);
    expect(new Set((await engine().events(gone, null, 100, context)).map((event) => event.visitor_id))).toEqual(new Set(['frank']));
    const signup = [{ dimension: 'event_name', value: 'signup' }] as const;
    expect(await engine().funnel(gone, [{ dimension: 'event_name', value: 'view' }, ...signup], 3_600_000, context)).toEqual([
      { visitors: 1, medianMs: 0 },
      { visitors: 1, medianMs: 120_000 },
    ]);
    expect(await engine().retention(gone, [gone.from], context)).toEqual([{ visitors: 1, returned: [1] }]);
  });

  it('knows nothing of who is erased, whatever is asked for', async () => {
    for (const filter of [
      { dimension: 'path', value: '/secret' },
      { dimension: 'props.secret', value: 'secret' },
      { dimension: 'widget', value: 'secret' },
    ] as const)
      expect(await engine().totals({ ...gone, filters: [filter] }, context)).toMatchObject({ visitors: 0, views: 0 });
    expect(await engine().top(gone, 'props.secret', 10, context)).toEqual([]);
  });

  it('is of one site', async () => {
    expect(await engine().totals(scope({ site: 'kept' }), context)).toMatchObject({ visitors: 1, views: 1 });
  });
}
