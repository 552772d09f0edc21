import type { Live } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { LiveSnapshots } from './live';
import { EVERYTHING, type Visibility } from './visibility';

const never = new AbortController().signal;
const quiet: Live = { at: '2026-03-02T10:00:00.000Z', visitors: 0, minutes: [], pages: [], recent: [] };

/** A store that answers when it is told to. */
function store() {
  const asked: { signal: AbortSignal; answer(body: Partial<Live>): void; fail(error: Error): void }[] = [];
  const clock = { now: 0 };
  const snapshots = new LiveSnapshots(
    (_, __, ___, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ signal, answer: (body) => resolve({ ...quiet, ...body }), fail: reject });
      }),
    () => clock.now,
  );
  return { asked, clock, snapshots };
}

describe('live snapshots', () => {
  it('are asked for once, however many look on, and again after a while', async () => {
    const { asked, clock, snapshots } = store();
    const first = Array.from({ length: 50 }, () => snapshots.get('shop', [], EVERYTHING, new AbortController().signal));
    expect(asked).toHaveLength(1);
    asked[0]?.answer({ visitors: 3 });
    expect((await Promise.all(first)).every(({ body }) => body.visitors === 3)).toBe(true);
    clock.now = 249;
    expect((await snapshots.get('shop', [], EVERYTHING, never)).body.visitors).toBe(3);
    expect(asked).toHaveLength(1);
    clock.now = 250;
    const later = snapshots.get('shop', [], EVERYTHING, never);
    asked[1]?.answer({ visitors: 4 });
    expect((await later).body.visitors).toBe(4);
  });

  it('are of one site and its filters, in whichever order', async () => {
    const { asked, snapshots } = store();
    const path = { dimension: 'path', value: '/' } as const;
    const browser = { dimension: 'browser', value: 'Chrome' } as const;
    const all = [
      snapshots.get('shop', [path, browser], EVERYTHING, never),
      snapshots.get('shop', [browser, path], EVERYTHING, never),
      snapshots.get('shop', [path], EVERYTHING, never),
      snapshots.get('plant', [path], EVERYTHING, never),
    ];
    expect(asked).toHaveLength(3);
    for (const each of asked) each.answer({});
    await Promise.all(all);
  });

  it('are shared by those who see the same, and by nobody else', async () => {
    const { asked, snapshots } = store();
    const of = (layouts: string[]): Visibility => ({ ...EVERYTHING, least: 5, only: { layouts, pages: [], widgets: [] } });
    const all = [EVERYTHING, of(['a']), of(['a']), of(['b'])].map((visibility) => snapshots.get('dashboard', [], visibility, never));
    expect(asked).toHaveLength(3);
    for (const each of asked) each.answer({});
    await Promise.all(all);
  });

  it('have the same tag until something but the time changes', async () => {
    const { asked, clock, snapshots } = store();
    const tags: string[] = [];
    for (const body of [{}, { at: '2026-03-02T10:00:01.000Z' }, { visitors: 1 }]) {
      const get = snapshots.get('shop', [], EVERYTHING, never);
      asked.at(-1)?.answer(body);
      tags.push((await get).etag);
      clock.now += 1000;
    }
    expect(tags[0]).toBe(tags[1]);
    expect(tags[1]).not.toBe(tags[2]);
  });

  it('are given up when the last one leaves, not before', async () => {
    const { asked, snapshots } = store();
    const [one, two] = [new AbortController(), new AbortController()];
    const gets = [snapshots.get('shop', [], EVERYTHING, one.signal), snapshots.get('shop', [], EVERYTHING, two.signal)];
    one.abort(new Error('left'));
    await expect(gets[0]).rejects.toThrow('left');
    expect(asked[0]?.signal.aborted).toBe(false);
    two.abort(new Error('left too'));
    await expect(gets[1]).rejects.toThrow('left too');
    expect(asked[0]?.signal.aborted).toBe(true);
    const next = snapshots.get('shop', [], EVERYTHING, never);
    asked[1]?.answer({ visitors: 7 });
    expect((await next).body.visitors).toBe(7);
  });

  it('fail for those who waited, and are asked for again', async () => {
    const { asked, snapshots } = store();
    const waiting = snapshots.get('shop', [], EVERYTHING, never);
    asked[0]?.fail(new Error('away'));
    await expect(waiting).rejects.toThrow('away');
    const next = snapshots.get('shop', [], EVERYTHING, never);
    asked[1]?.answer({});
    await next;
    expect(asked).toHaveLength(2);
  });
});
