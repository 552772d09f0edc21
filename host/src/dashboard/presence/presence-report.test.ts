import type { Presence, PresentPerson } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { PresenceReport, type Whereabouts } from './presence-report';

const robin: PresentPerson = { user: 'user:robin', name: 'Robin', editing: true, panels: ['chart'] };
const at = (layout: string, panel: string | null = null): Whereabouts => ({ layout, editing: panel !== null, panel });

function page() {
  const told: (Whereabouts | string)[] = [];
  const seen: string[][] = [];
  const state = { now: 0, here: at('morning') as Whereabouts | null, people: [] as PresentPerson[], away: false };
  let answer = (): Promise<Presence> => Promise.resolve({ againSeconds: 30, people: state.people, more: false });
  const report = new PresenceReport({
    here: () => state.here,
    report: async (where) => {
      if (state.away) throw new Error('away');
      told.push(where);
      return answer();
    },
    end: async (layout) => void told.push(layout),
    company: ({ people }) => seen.push(people.map(({ name }) => name)),
    now: () => state.now,
  });
  const slow = (): ((value: Presence) => void) => {
    let settle: (value: Presence) => void = () => undefined;
    const promise = new Promise<Presence>((resolve) => {
      settle = resolve;
    });
    answer = () => promise;
    return settle;
  };
  return { report, told, seen, state, slow };
}

describe('what a page says of where it is', () => {
  it('is told when it changes, and as often as the registry asks', async () => {
    const { report, told, state } = page();
    await report.look();
    state.now = 29_999;
    await report.look();
    expect(told).toEqual([at('morning')]);
    state.now = 30_000;
    await report.look();
    state.here = at('morning', 'chart');
    await report.look();
    state.here = at('evening');
    await report.look();
    expect(told.slice(1)).toEqual([at('morning'), at('morning', 'chart'), at('evening')]);
  });

  it('names another panel only while somebody else is there', async () => {
    const { report, told, state } = page();
    state.here = at('morning', 'chart');
    await report.look();
    state.here = at('morning', 'table');
    await report.look();
    expect(told).toHaveLength(1);
    // Robin comes.
    state.people = [robin];
    report.onPresenceChanged('morning');
    await report.look();
    state.here = at('morning', 'chart');
    await report.look();
    expect(told.slice(1)).toEqual([at('morning', 'table'), at('morning', 'chart')]);
  });

  it('is told anew when somebody came, and not for another layout', async () => {
    const { report, told, seen, state } = page();
    await report.look();
    state.people = [robin];
    report.onPresenceChanged('evening');
    await report.look();
    expect([told.length, seen]).toEqual([1, []]);
    report.onPresenceChanged('morning');
    await report.look();
    expect([told.length, seen]).toEqual([2, [['Robin']]]);
    report.onPresenceChanged();
    await report.look();
    expect([told.length, seen]).toEqual([3, [['Robin']]]);
  });

  it('hears who came while it was told of somebody else', async () => {
    const { report, told, slow } = page();
    const resolve = slow();
    const looking = report.look();
    report.onPresenceChanged('morning');
    resolve({ againSeconds: 30, people: [], more: false });
    await looking;
    await report.look();
    expect(told).toHaveLength(2);
  });

  it('takes nobody along to another layout, or to none', async () => {
    const { report, told, seen, state, slow } = page();
    state.people = [robin];
    await report.look();
    state.here = at('evening');
    const resolve = slow();
    const looking = report.look();
    expect(seen).toEqual([['Robin'], []]);
    state.here = null;
    resolve({ againSeconds: 30, people: [robin], more: false });
    await looking;
    await report.look();
    expect([told.at(-1), seen]).toEqual(['evening', [['Robin'], []]]);
    await report.look();
    expect(told).toHaveLength(3);
  });

  it('knows of nobody during an outage, and asks again after a while', async () => {
    const { report, told, seen, state } = page();
    state.people = [robin];
    await report.look();
    state.away = true;
    report.onPresenceChanged();
    await report.look();
    expect(seen).toEqual([['Robin'], []]);
    state.away = false;
    state.now = 14_999;
    await report.look();
    expect(told).toHaveLength(1);
    state.now = 15_000;
    await report.look();
    expect(seen).toEqual([['Robin'], [], ['Robin']]);
  });

  it('is told anew by a page that comes back', async () => {
    const { report, told } = page();
    await report.look();
    expect(report.leave()).toBe('morning');
    await report.look();
    expect(told).toHaveLength(2);
  });
});
