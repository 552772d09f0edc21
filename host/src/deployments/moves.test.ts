import type { ChannelMove } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { circumstances, describeMove, holderName, whoMoved } from './moves';

const move = (fields: Partial<ChannelMove>): ChannelMove => ({
  seq: 1,
  at: '2026-11-26T10:00:00.000Z',
  what: 'promote',
  channel: 'stable',
  version: '1.0.0',
  by: { kind: 'token', name: 't-1' },
  reason: null,
  deployment: null,
  ...fields,
});
const deployment = { name: 'notes', namespace: 'markets', cluster: 'eu', revision: 4 };

describe('moves in words', () => {
  it.each([
    [move({}), 'stable gives 1.0.0: promoted', 'a publish token'],
    [
      move({ what: 'follow', deployment, by: { kind: 'workload', name: 's' } }),
      'stable gives 1.0.0: revision 4 of markets/notes in eu runs it',
      null,
    ],
    [move({ what: 'hold', by: { kind: 'person', name: 'Robin Okafor' } }), 'stable held at 1.0.0', 'Robin Okafor'],
    [move({ what: 'lift', version: null, by: { kind: 'system', name: 'system' } }), 'Hold of stable lifted', 'whoever runs this instance'],
    [move({ what: 'release', version: null }), 'stable given back to people', 'a publish token'],
    [move({ what: 'yank', channel: null }), '1.0.0 withdrawn: channels that gave it fell back', 'a publish token'],
    [move({ by: { kind: 'workload', name: 'repo:platform' } }), 'stable gives 1.0.0: promoted', 'repo:platform'],
  ])('%#', (given, words, who) => {
    expect(describeMove(given)).toBe(words);
    expect(whoMoved(given)).toBe(who);
  });

  it('say of which commit they are, and how things were', () => {
    const sync = { application: 'remote-notes', revision: '1a2b3c4d5e6f', by: null, author: 'Ada', startedAt: '2026-11-26T10:00:00Z' };
    const openDashboards = [
      { version: '1.0.0', dashboards: 2 },
      { version: '2.0.0', dashboards: 1 },
    ];
    const known = { ...deployment, sync, pods: { ready: 1, all: 2 }, integrity: 'sha384-x', openDashboards };
    const what = 'follow';
    expect(circumstances(move({ what, deployment: known }))).toEqual(['Commit 1a2b3c4d of Ada', '1 of 2 pods ready', '3 open dashboards']);
    expect(circumstances(move({ what: 'sync', deployment: { ...deployment, sync: { ...sync, author: null, by: 'robin' } } }))).toEqual([
      'Commit 1a2b3c4d',
      'synced by robin',
    ]);
    expect(circumstances(move({ what, deployment }))).toEqual([]);
    expect(circumstances(move({}))).toEqual([]);
  });

  it('says who holds', () => {
    const hold = { version: '1.0.0', reason: 'x', at: '' };
    expect(holderName({ ...hold, by: 'user:7f3a', byName: 'Robin Okafor' })).toBe('Robin Okafor');
    expect(holderName({ ...hold, by: 'token:abc' })).toBe('a publish token');
    expect(holderName({ ...hold, by: 'workload:https://issuer#repo:platform' })).toBe('repo:platform');
    expect(holderName({ ...hold, by: 'user:system' })).toBe('whoever runs this instance');
  });
});
