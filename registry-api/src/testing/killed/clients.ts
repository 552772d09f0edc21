/**
 * Clients of a registry that is killed under them. Each makes one change after the other and remembers what it asked for and what it was
 * told; what it was asking for when the registry died, it cannot know. Afterwards each says what does not fit what is there.
 */
import type { AuditEntry, LayoutSummary, Token, WidgetDetail } from '@datamesh/contracts';
import { widgetTarball } from '../tarball';

export interface ClientRequest {
  method: string;
  path: string;
  /** As bearer: `dmp_…`, `dmb_…`, or a person's service token. */
  token: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Answers what was told; throws when the registry died meanwhile, and for every refusal. */
export type Send = <T>(request: ClientRequest) => Promise<T>;

/** What is there after the registry has started again. */
export interface Found {
  entries: readonly AuditEntry[];
  read<T>(path: string): Promise<T>;
  /** The text of a published file. */
  file(path: string): Promise<string>;
}

export interface Client {
  /** One change, told or not. */
  change(send: Send): Promise<void>;
  /** Complaints; empty when everything fits. What is there is what the client goes on from. */
  complaints(found: Found): Promise<string[]>;
}

const about = (entries: readonly AuditEntry[], action: string, subject: string) =>
  entries.filter((entry) => entry.action === action && entry.subject === subject);

const complain = (wrong: boolean, text: string): string[] => (wrong ? [text] : []);

/** Publishes a version of its widget, and promotes it. */
export function publishing(widget: string, token: string): Client {
  const asked = new Set<string>();
  const told = new Set<string>();
  const promoted = new Set<string>();
  let stable: { told: string | undefined; asked: string | undefined } = { told: undefined, asked: undefined };
  const code = (version: string) => `export const version = '${version} of ${widget}';\n`;
  return {
    change: async (send) => {
      const version = `1.0.${asked.size}`;
      asked.add(version);
      const body = widgetTarball({ name: widget, version, code: code(version) });
      await send({ method: 'PUT', path: `/widgets/${widget}/versions/${version}`, token, body });
      told.add(version);
      stable.asked = version;
      await send({ method: 'PUT', path: `/widgets/${widget}/channels/stable`, token, body: { version } });
      promoted.add(version);
      stable = { told: version, asked: undefined };
    },
    complaints: async ({ entries, read, file }) => {
      if (asked.size === 0) return [];
      const { items } = await read<{ items: { name: string }[] }>('/widgets?limit=100');
      const known = items.some(({ name }) => name === widget);
      const detail = known ? await read<WidgetDetail>(`/widgets/${widget}`) : null;
      const versions = detail?.versions.map(({ version }) => version) ?? [];
      const now = detail?.channels['stable'];
      const promotions = about(entries, 'widget.promote', `${widget}@stable`).map(({ details }) => String(details?.['version']));
      const wrong = [
        ...[...told].flatMap((version) => complain(!versions.includes(version), `${widget}@${version} was published, and is lost`)),
        ...[...promoted].flatMap((version) =>
          complain(promotions.filter((one) => one === version).length !== 1, `${widget}@${version} was promoted without its one entry`),
        ),
        ...complain(now !== stable.told && now !== stable.asked, `${widget}@stable is ${now}, not ${stable.told} or ${stable.asked}`),
        ...complain(promotions.at(0) !== now, `${widget}@stable is ${now}, and the last entry says ${promotions.at(0)}`),
      ];
      for (const version of asked) {
        const written = about(entries, 'widget.publish', `${widget}@${version}`).length;
        const there = versions.includes(version);
        wrong.push(...complain(written !== (there ? 1 : 0), `${widget}@${version}: ${there ? 'there' : 'not there'}, ${written} entries`));
        if (!there) continue;
        const text = await file(`/remotes/${widget}/${version}/dist/remoteEntry.mjs`);
        wrong.push(...complain(text !== code(version), `${widget}@${version} is served as ${text.slice(0, 60)}`));
      }
      stable = { told: now, asked: undefined };
      return wrong;
    },
  };
}

/** Makes layouts with a widget that there is, and saves each of them a few times. */
export function saving(prefix: string, widget: string, token: () => string): Client {
  const layouts = new Map<string, { revision: number; title: string }>();
  let made = 0;
  let changes = 0;
  let current: string | null = null;
  /** What was asked for last and not answered. */
  let pending: { id: string; title: string } | null = null;
  const content = (title: string) => ({
    title,
    visibility: 'private',
    tree: { type: 'stack', active: 0, panels: ['p1'] },
    panels: { p1: { widget: `${widget}@stable` } },
  });
  return {
    change: async (send) => {
      changes += 1;
      const before = current === null || changes % 4 === 0 ? null : layouts.get(current);
      const title = `${prefix} ${changes}`;
      if (current === null || !before) {
        made += 1;
        const { id } = await send<{ id: string }>({ method: 'POST', path: '/layouts', token: token(), body: content(title) });
        layouts.set(id, { revision: 1, title });
        current = id;
        return;
      }
      pending = { id: current, title };
      const headers = { 'if-match': `"${before.revision}"` };
      await send({ method: 'PUT', path: `/layouts/${current}`, token: token(), body: content(title), headers });
      layouts.set(current, { revision: before.revision + 1, title });
      pending = null;
    },
    complaints: async ({ entries, read }) => {
      const { items } = await read<{ items: LayoutSummary[] }>('/layouts?limit=200');
      const mine = items.filter(({ title }) => title.startsWith(`${prefix} `));
      const there = new Set(mine.map(({ id }) => id));
      const wrong = [...layouts.keys()].flatMap((id) => complain(!there.has(id), `layout ${id} was made, and is lost`));
      for (const { id, revision, title } of mine) {
        const known = layouts.get(id);
        const saves = about(entries, 'layout.save', `layout:${id}`).map(({ details }) => details?.['revision']);
        const expected = Array.from({ length: revision - 1 }, (_, at) => revision - at);
        const unanswered = pending?.id === id && known && revision === known.revision + 1 && title === pending.title;
        wrong.push(
          ...complain(about(entries, 'layout.create', `layout:${id}`).length !== 1, `layout ${id} has not its one entry`),
          ...complain(String(saves) !== String(expected), `layout ${id} is at ${revision}; entries of its saves: ${saves}`),
          ...complain(
            known !== undefined && !unanswered && (known.revision !== revision || known.title !== title),
            `layout ${id} is “${title}” at ${revision}, and was “${known?.title}” at ${known?.revision}`,
          ),
        );
        layouts.set(id, { revision, title });
      }
      const created = entries.filter(
        ({ action, details }) => action === 'layout.create' && String(details?.['title']).startsWith(`${prefix} `),
      );
      wrong.push(
        ...complain(created.length !== mine.length || created.length > made, `${created.length} entries of ${mine.length} layouts`),
      );
      pending = null;
      return wrong;
    },
  };
}

/** Makes a publish token and takes it back. */
export function tokens(name: string, secret: string): Client {
  const made = new Set<string>();
  const revoked = new Set<string>();
  let revoking: string | null = null;
  return {
    change: async (send) => {
      const { id } = await send<{ id: string }>({ method: 'POST', path: '/tokens', token: secret, body: { team: 'research', name } });
      made.add(id);
      revoking = id;
      await send({ method: 'DELETE', path: `/tokens/${id}`, token: secret });
      revoked.add(id);
      revoking = null;
    },
    complaints: async ({ entries, read }) => {
      const { items } = await read<{ items: Token[] }>('/tokens');
      const live = new Set(items.filter((token) => token.name === name).map(({ id }) => id));
      const created = entries.filter(({ action, details }) => action === 'token.create' && details?.['name'] === name);
      const ids = created.map(({ subject }) => subject.slice('token:'.length));
      const wrong = [...made, ...live].flatMap((id) =>
        complain(ids.filter((one) => one === id).length !== 1, `token ${id} has not its one entry`),
      );
      for (const id of ids) {
        const taken = about(entries, 'token.revoke', `token:${id}`).length;
        wrong.push(
          ...complain(taken !== (live.has(id) ? 0 : 1), `token ${id}: ${live.has(id) ? 'good' : 'over'}, ${taken} entries of its end`),
          ...complain(revoked.has(id) && live.has(id), `token ${id} was revoked, and is good`),
          ...complain(made.has(id) && !live.has(id) && !revoked.has(id) && id !== revoking, `token ${id} was made, and is lost`),
        );
        // One that nobody was told of is known by now.
        made.add(id);
        if (!live.has(id)) revoked.add(id);
      }
      revoking = null;
      return wrong;
    },
  };
}
