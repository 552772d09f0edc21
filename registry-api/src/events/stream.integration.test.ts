import { EventEmitter } from 'node:events';
import type { ServiceClaims } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { eventually } from '../testing/api';
import { stores } from '../testing/stores';
import { type Feed, startFeed } from './feed';
import { openOutbox } from './module';
import type { OutboxStore } from './outbox';
import type { Audience, PendingEvent } from './pending';
import { type EndReason, type EventStream, openStream } from './stream';

const claims = (sub: string, roles: ServiceClaims['roles'] = ['viewer'], departments = ['sales']): ServiceClaims => ({
  sub,
  name: sub,
  roles,
  departments,
  teams: [],
  sid: `sid-${sub}`,
  auth_time: 0,
});

const event = (id: string, audience: Audience = { kind: 'all' }): PendingEvent => ({
  id,
  type: 'layouts.changed',
  at: '2026-01-01T00:00:00.000Z',
  data: { layout: id },
  audience,
});

/** A client that takes what is written, or does not. */
class Client {
  text = '';
  keepsUp = true;
  ended: { reason: EndReason; now: boolean } | null = null;
  readonly #signals = new EventEmitter();
  #now = false;

  readonly sink = {
    write: (text: string) => {
      this.text += text;
      return this.keepsUp;
    },
    held: () => (this.keepsUp ? 0 : this.text.length),
    end: (now: boolean) => {
      this.#now = now;
    },
    onDrain: (listener: () => void) => void this.#signals.once('drain', listener),
    onClose: (listener: () => void) => void this.#signals.once('close', listener),
  };

  readonly onEnd = (reason: EndReason) => {
    this.ended = { reason, now: this.#now };
  };

  drain() {
    this.keepsUp = true;
    this.#signals.emit('drain');
  }

  leave() {
    this.#signals.emit('close');
  }

  ids() {
    return [...this.text.matchAll(/"layout":"([^"]+)"/g)].map(([, id]) => id);
  }
}

describe.each(stores())('event stream on $name', ({ open }) => {
  let storage: Storage;
  let outbox: OutboxStore;
  let feed: Feed;
  const opened: EventStream[] = [];
  const unforeseen: unknown[] = [];

  beforeEach(async () => {
    storage = await open();
    outbox = await openOutbox(storage);
    for (const id of ['a', 'b', 'c']) await outbox.append(event(id));
    feed = await startFeed({ outbox, everyMs: 5, remember: 3, onError: (error) => unforeseen.push(error) });
  });
  afterEach(async () => {
    for (const stream of opened.splice(0)) stream.end('stopping');
    await feed.stop();
    await storage.close();
    expect(unforeseen.splice(0)).toEqual([]);
  });

  function connect(who: ServiceClaims, after: number | null, over: Partial<Parameters<typeof openStream>[0]> = {}): Client {
    const client = new Client();
    opened.push(
      openStream({
        feed,
        sink: client.sink,
        claims: who,
        after,
        sessionAlive: async () => true,
        onEnd: client.onEnd,
        commentEveryMs: 60_000,
        sessionEveryMs: 60_000,
        timeoutMs: 60_000,
        ...over,
      }),
    );
    return client;
  }

  const ids = (client: Client, wanted: string[]) =>
    eventually(() => (client.ids().join() === wanted.join() ? true : undefined), `${wanted.join()}, not ${client.ids().join()}`);

  it('replays what was missed and goes on live, without a gap or a repetition', async () => {
    const client = connect(claims('casey'), 1);
    await ids(client, ['b', 'c']);
    // Written by another replica: nobody tells this one.
    for (const id of ['d', 'e', 'f', 'g', 'h']) await outbox.append(event(id));
    await ids(client, ['b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect(client.text).toContain('id: 8\ndata: {"id":"h","type":"layouts.changed"');
    // Older than what is in memory.
    await ids(connect(claims('casey'), 0), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  });

  it('starts with where it stands, and then only what comes', async () => {
    const client = connect(claims('casey'), null);
    await eventually(() => (client.text === 'id: 3\n\n' ? true : undefined), 'the position');
    await outbox.append(event('d'));
    await ids(client, ['d']);
  });

  it('goes on after events that were forgotten while nobody looked', async () => {
    await outbox.append(event('d'));
    await feed.refresh();
    for (const id of ['e', 'f', 'g']) await outbox.append(event(id));
    await outbox.trim(6);
    await feed.refresh();
    await outbox.append(event('h'));
    await feed.refresh();
    expect((await feed.after(7, 10)).map(({ id }) => id)).toEqual(['h']);
    await ids(connect(claims('casey'), 6), ['g', 'h']);
  });

  it('shows an event to those whom it concerns and to nobody else', async () => {
    await outbox.append(event('own', { kind: 'users', users: ['alex'], departments: [] }));
    await outbox.append(event('prefixed', { kind: 'users', users: ['user:alex'], departments: [] }));
    await outbox.append(event('sales', { kind: 'users', users: [], departments: ['sales'] }));
    await outbox.append(event('operations', { kind: 'users', users: ['alex'], departments: ['operations'] }));
    await outbox.append(event('admins', { kind: 'users', users: [], departments: [], admins: true }));
    await outbox.append(event('end'));
    await ids(connect(claims('alex'), 3), ['own', 'prefixed', 'sales', 'operations', 'end']);
    await ids(connect(claims('casey'), 3), ['sales', 'end']);
    await ids(connect(claims('robin', ['publisher'], ['operations']), 3), ['operations', 'end']);
    await ids(connect(claims('dana', ['admin'], []), 3), ['sales', 'operations', 'admins', 'end']);
  });

  it('tells a client that asks for what is forgotten, or never was, to start again', async () => {
    await outbox.trim(2);
    const late = connect(claims('casey'), 1);
    await eventually(() => (late.text === 'event: reset\nid: 3\ndata: {"after":3}\n\n' ? true : undefined), 'a reset');
    const ahead = connect(claims('casey'), 99);
    await eventually(() => (ahead.text.startsWith('event: reset\nid: 3\n') ? true : undefined), 'a reset');
    await ids(connect(claims('casey'), 2), ['c']);
    await outbox.append(event('d'));
    await ids(late, ['d']);
    await ids(ahead, ['d']);
  });

  it('ends with the session, at once or at the next look', async () => {
    let alive = true;
    const client = connect(claims('casey'), null, { sessionAlive: async () => alive, sessionEveryMs: 5 });
    await eventually(() => (client.text ? true : undefined), 'a start');
    expect(client.ended).toBeNull();
    alive = false;
    await eventually(() => client.ended ?? undefined, 'the end');
    expect(client.ended).toEqual({ reason: 'session_ended', now: false });
    await outbox.append(event('d'));
    const other = connect(claims('casey'), 3);
    await ids(other, ['d']);
    expect(client.ids()).toEqual([]);
  });

  it('survives an outage of the store that it asks about the session', async () => {
    let asked = 0;
    const client = connect(claims('casey'), null, {
      sessionEveryMs: 5,
      sessionAlive: async () => {
        asked += 1;
        throw new Error('no store');
      },
    });
    await eventually(() => (asked > 3 ? true : undefined), 'questions');
    expect(client.ended).toBeNull();
  });

  it('waits for a client that is slow, and drops one that does not come back', async () => {
    const client = connect(claims('casey'), null);
    await eventually(() => (client.text ? true : undefined), 'a start');
    client.keepsUp = false;
    for (const id of ['d', 'e', 'f']) await outbox.append(event(id));
    await ids(client, ['d']);
    client.drain();
    await ids(client, ['d', 'e', 'f']);

    const gone = connect(claims('casey'), null, { timeoutMs: 20 });
    await eventually(() => (gone.text ? true : undefined), 'a start');
    gone.keepsUp = false;
    await outbox.append(event('g'));
    await eventually(() => gone.ended ?? undefined, 'the end');
    expect(gone.ended).toEqual({ reason: 'too_slow', now: true });
  });

  it('comments while nothing happens, and stops when the client leaves', async () => {
    const client = connect(claims('casey'), null, { commentEveryMs: 5 });
    await eventually(() => (client.text.includes(': still here\n\n: still here\n\n') ? true : undefined), 'comments');
    client.leave();
    expect(client.ended?.reason).toBe('client_gone');
    const { text } = client;
    await outbox.append(event('d'));
    await ids(connect(claims('casey'), 3), ['d']);
    expect(client.text).toBe(text);
  });
});
