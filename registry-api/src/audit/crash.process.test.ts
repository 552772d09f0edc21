/** The registry dies at its writes, before it or right after it: whatever is live afterwards has its entry, exactly one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, Department, LayoutSummary, Token, WidgetDetail } from '@datamesh/contracts';
import mongoose from 'mongoose';
import { describe, expect, it, vi } from 'vitest';
import { openMongo, openSqlite, type Storage } from '../storage/storage';
import { person, startTestApi as startWith, type TestApi } from '../testing/api';
import { freshMongoUrl, stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

/** Nobody signs in here: an issuer that is never asked. Starting one of our own takes longer than everything else. */
const oidc = { issuer: 'http://127.0.0.1:9', clientId: 'unused', clientSecret: null, scope: 'openid' };
const startTestApi = (open: () => Promise<Storage>) => startWith(open, { devIssuer: false, oidc });

const died = () => new Error('the process died');

/** Lets `write` happen or not, and everything after the n-th write fail. */
class Death {
  private writes = 0;
  constructor(
    private readonly at: number,
    private readonly after: boolean,
  ) {}

  get happened(): boolean {
    return this.writes >= this.at;
  }

  guard<T>(write: () => T): T {
    if (this.happened) throw died();
    this.writes += 1;
    if (this.happened && !this.after) throw died();
    const result = write();
    if (!this.happened) return result;
    // A promise is awaited first: the server has done it.
    if (result instanceof Promise) return result.then(() => Promise.reject(died())) as T;
    throw died();
  }
}

interface Dying {
  /** A storage on which everything fails from the death on. */
  open(death: Death): Promise<Storage>;
  /** The same database, after the death. */
  reopen(): Promise<Storage>;
  remove(): Promise<void>;
}

function onSqlite(): Dying {
  const folder = mkdtempSync(join(tmpdir(), 'audit-crash-'));
  const file = join(folder, 'registry.db');
  return {
    open: async (death) => {
      const storage = openSqlite(file);
      if (storage.kind !== 'sqlite') return storage;
      const { database } = storage;
      const [prepare, exec] = [database.prepare.bind(database), database.exec.bind(database)];
      // What commits is a write: COMMIT itself, and a statement outside of a transaction.
      database.prepare = ((sql: string) => {
        const statement = prepare(sql);
        const run = statement.run.bind(statement);
        statement.run = ((...values: Parameters<typeof run>) => {
          if (!database.isOpen) throw died();
          return database.isTransaction ? run(...values) : death.guard(() => run(...values));
        }) as typeof statement.run;
        return statement;
      }) as typeof database.prepare;
      database.exec = ((sql: string) => (sql === 'COMMIT' ? death.guard(() => exec(sql)) : exec(sql))) as typeof database.exec;
      return storage;
    },
    reopen: async () => openSqlite(file),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

const writes = ['insertOne', 'insertMany', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'findOneAndUpdate'] as const;

function onMongo(): Dying {
  const url = freshMongoUrl();
  return {
    open: async (death) => {
      const storage = await openMongo(url);
      for (const name of writes) {
        const original = mongoose.mongo.Collection.prototype[name] as (...values: unknown[]) => Promise<unknown>;
        vi.spyOn(mongoose.mongo.Collection.prototype, name).mockImplementation(async function (this: unknown, ...values: unknown[]) {
          return death.guard(() => original.apply(this, values)) as never;
        } as never);
      }
      return storage;
    },
    reopen: async () => {
      vi.restoreAllMocks();
      return openMongo(url);
    },
    remove: async () => {
      const storage = await openMongo(url);
      if (storage.kind === 'mongo') await storage.connection.dropDatabase();
      await storage.close();
    },
  };
}

const dana = person('dana', ['admin'], ['sales']);
const system = { kind: 'bootstrap' } as const;

/** All writes take minutes, every eighth one less: TEST_DEATHS=all. */
const stride = process.env['TEST_DEATHS'] === 'all' ? 1 : 8;

/** One change of every kind. Answers do not matter: the process may be dead. */
async function changeEverything(api: TestApi): Promise<void> {
  const send = async (path: string, method: string, body: unknown, as: Parameters<TestApi['call']>[1] = { as: dana }) => {
    const answer = await api.call(`/api/v1${path}`, { ...as, method, ...(body === undefined ? {} : { body }) });
    return (await answer.json().catch(() => ({}))) as { id?: string };
  };
  const team = { as: { kind: 'token', id: 't', team: 'markets-data', createdBy: 'user:robin' } as const };
  await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }));
  await api.publish('notes', '1.1.0', widgetTarball({ name: 'notes', version: '1.1.0' }));
  await send('/widgets/notes/channels/stable', 'PUT', { version: '1.0.0' }, team);
  await send('/widgets/notes/versions/1.0.0/deprecate', 'POST', { reason: 'old' }, team);
  await send('/widgets/notes/versions/1.1.0/yank', 'POST', { reason: 'broken' }, team);
  await send('/departments/sales', 'PUT', { title: 'Sales' }, { as: system });
  const tree = { type: 'stack', active: 0, panels: ['p1'] };
  const panels = { p1: { widget: 'notes@stable' } };
  const content = { title: 'One', visibility: 'department', department: 'sales', tree, panels, defaultChannel: null };
  const [one, two] = [await send('/layouts', 'POST', content), await send('/layouts', 'POST', { ...content, title: 'Two' })];
  await send(`/layouts/${one.id}`, 'PUT', { ...content, title: 'One more' }, { as: dana, headers: { 'if-match': '"1"' } });
  await send(`/layouts/${one.id}/clone`, 'POST', {});
  await send('/pins/sales', 'PUT', { layout: one.id });
  await send(`/layouts/${two.id}`, 'DELETE', undefined);
  await send(`/layouts/${two.id}?forever=true`, 'DELETE', undefined);
  const token = await send('/tokens', 'POST', { team: 'platform', name: 'CI' }, { as: system });
  await send(`/tokens/${token.id}`, 'DELETE', undefined, { as: system });
}

/** Who calls notices as well. */
function ignoreDeath(error: unknown): void {
  if (!(error instanceof Error) || error.message !== died().message) throw error;
}

/** What is live without exactly one entry, and entries about what is not live. */
async function holesIn(api: TestApi): Promise<string[]> {
  const read = async <T>(path: string): Promise<T> => (await (await api.call(`/api/v1${path}`, { as: dana })).json()) as T;
  const { items } = await read<{ items: AuditEntry[] }>('/audit?limit=200');
  const entries = items.map(({ action, subject, details }) =>
    [action, subject, ...(action === 'widget.promote' ? [details?.['version']] : [])].join(' '),
  );
  const live: string[] = [];
  const widget = await read<Partial<WidgetDetail>>('/widgets/notes');
  for (const { version, deprecated, yanked } of widget.versions ?? []) {
    live.push(`widget.publish notes@${version}`);
    if (deprecated) live.push(`widget.deprecate notes@${version}`);
    if (yanked) live.push(`widget.yank notes@${version}`);
  }
  if (widget.channels?.['stable']) live.push(`widget.promote notes@stable ${widget.channels['stable']}`);
  const binned = (await read<{ items: LayoutSummary[] }>('/layouts?scope=bin')).items;
  const layouts = [...(await read<{ items: LayoutSummary[] }>('/layouts')).items, ...binned];
  for (const { id, revision } of layouts) {
    const made = entries.filter((entry) => entry === `layout.create layout:${id}` || entry === `layout.clone layout:${id}`);
    live.push(made.length === 1 ? (made[0] ?? '') : `create or clone of layout:${id}`);
    if (revision > 1) live.push(`layout.save layout:${id}`);
  }
  const departments = (await read<{ items: Department[] }>('/departments')).items.filter(({ title }) => title === 'Sales');
  for (const { id, layout } of departments) live.push(`department.put department:${id}`, ...(layout ? [`pin.put department:${id}`] : []));
  const tokens = (await read<{ items: Token[] }>('/tokens')).items;
  for (const { id } of tokens) live.push(`token.create token:${id}`);
  // What was made and is there no more has the entries of its end.
  const gone = (made: string, unmade: string[], alive: Set<string>) => {
    for (const entry of entries.filter((one) => one.startsWith(made))) {
      const subject = entry.slice(made.length);
      if (!alive.has(subject)) live.push(entry, ...unmade.map((verb) => `${verb}${subject}`));
    }
  };
  for (const { id } of binned) live.push(`layout.bin layout:${id}`);
  gone('layout.create ', ['layout.bin ', 'layout.delete '], new Set(layouts.map(({ id }) => `layout:${id}`)));
  gone('token.create ', ['token.revoke '], new Set(tokens.map(({ id }) => `token:${id}`)));
  return difference(live, entries);
}

function difference(live: readonly string[], entries: readonly string[]): string[] {
  const rest = [...entries];
  const missing = live.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((one) => `no entry: ${one}`), ...rest.map((one) => `nothing there: ${one}`)];
}

const kinds = { sqlite: onSqlite, mongo: onMongo };

describe.each(stores())('a registry on $name that dies', ({ name }) => {
  it.each([false, true])('at one of its writes, the write done: %s', { timeout: 600_000 }, async (after) => {
    let rounds = 0;
    // One half begins where the other does not come.
    for (let at = after ? 5 : 1; ; at += stride) {
      const dying = kinds[name]();
      const death = new Death(at, after);
      const storage = await dying.open(death);
      // It may die while it starts, too.
      const api = await startTestApi(async () => storage).catch(() => null);
      await (api ? changeEverything(api).catch(ignoreDeath) : storage.close());
      await api?.stop();
      const again = await startTestApi(dying.reopen);
      expect(await holesIn(again), `write ${at}`).toEqual([]);
      const verified = await again.call('/api/v1/audit/verification', { as: dana, method: 'POST' });
      expect(await verified.json(), `write ${at}`).toMatchObject({ ok: true });
      await again.stop();
      await dying.remove();
      rounds += 1;
      if (!death.happened) break;
    }
    expect(rounds).toBeGreaterThan(4);
    if (process.env['TEST_LOG']) console.log(`${name}: ${rounds} deaths, no hole`);
  });
});
