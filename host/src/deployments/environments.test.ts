import type { LeaseView, WidgetDetail } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { channelRows, environmentsOf, placeOf } from './environments';

let pods = 0;
const lease = (fields: Partial<LeaseView> = {}): LeaseView => {
  const uid = `pod-${pods++}`;
  return {
    id: uid,
    widget: 'notes',
    version: '1.0.0',
    channel: 'stable',
    deployment: { uid: 'd-1', name: 'notes', namespace: 'markets', cluster: null },
    revision: 1,
    pod: { uid, name: uid },
    ready: true,
    draining: false,
    health: 'healthy',
    holder: 'x',
    since: '2026-11-26T10:00:00.000Z',
    beatAt: '2026-11-26T10:00:00.000Z',
    ...fields,
  };
};
const owner = {
  uid: 'd-1',
  name: 'notes',
  namespace: 'markets',
  cluster: null,
  revision: 2,
  version: '1.1.0',
  at: '2026-11-26T10:00:00.000Z',
};
const hold = { version: '1.0.0', reason: 'wrong', by: 'user:dana', at: '2026-11-26T11:00:00.000Z' };
const states = (fields: Partial<WidgetDetail['channelStates'][string]> = {}): WidgetDetail['channelStates'] => ({
  stable: { version: '1.1.0', owner, hold: null, ...fields },
});

describe('what runs where', () => {
  it('counts the pods of each revision, the highest first', () => {
    const [place, ...others] = environmentsOf(
      [
        lease({ since: '2026-11-26T09:00:00.000Z' }),
        lease({ draining: true }),
        lease({ revision: 2, version: '1.1.0' }),
        lease({ revision: 2, version: '1.1.0', ready: false }),
        lease({ revision: 2, version: '1.1.0', health: 'unhealthy' }),
      ],
      states(),
    );
    expect(others).toEqual([]);
    expect(place).toMatchObject({ namespace: 'markets', channel: 'stable', part: 'moves' });
    expect(place?.revisions).toEqual([
      { revision: 2, version: '1.1.0', ready: 1, pods: 3, draining: 0, silent: 1, since: '2026-11-26T10:00:00.000Z', active: true },
      { revision: 1, version: '1.0.0', ready: 1, pods: 2, draining: 1, silent: 0, since: '2026-11-26T09:00:00.000Z', active: false },
    ]);
  });

  it('keeps clusters, Deployments and channels apart, and says which moves the channel', () => {
    const other = { uid: 'd-2', name: 'notes', namespace: 'markets', cluster: 'eu' };
    const places = environmentsOf([lease({ deployment: other }), lease({ channel: 'beta' }), lease()], states());
    expect(places.map((place) => [placeOf(place), place.channel, place.part])).toEqual([
      ['markets/notes', 'beta', 'moves'],
      ['markets/notes', 'stable', 'moves'],
      ['markets/notes in eu', 'stable', 'foreign'],
    ]);
    expect(environmentsOf([lease()], states({ hold })).map(({ part }) => part)).toEqual(['held']);
    expect(environmentsOf([], states())).toEqual([]);
  });

  it('says what a held channel would give: the highest revision with a ready pod', () => {
    const places = environmentsOf(
      [lease(), lease({ revision: 2, version: '1.1.0' }), lease({ revision: 3, version: '1.2.0', ready: false })],
      states({ hold, version: '1.0.0' }),
    );
    expect(places[0]?.revisions.some(({ active }) => active)).toBe(false);
    const channels = { latest: '1.2.0', stable: '1.0.0', beta: '1.2.0' };
    expect(channelRows({ channels, channelStates: states({ hold, version: '1.0.0' }) }, places)).toEqual([
      { channel: 'stable', version: '1.0.0', owner, hold, wouldGive: '1.1.0', canHold: true },
      { channel: 'beta', version: '1.2.0', owner: null, hold: null, wouldGive: null, canHold: true },
      { channel: 'latest', version: '1.2.0', owner: null, hold: null, wouldGive: null, canHold: false },
    ]);
    expect(channelRows({ channels: {}, channelStates: states({ version: null }) }, [])).toMatchObject([
      { channel: 'stable', version: null },
    ]);
  });
});
