/** Widgets over HTTP: in and out, nothing else. */
import type { WidgetSummary } from '@datamesh/contracts';
import { wordsOf } from '@datamesh/contracts/search-words';
import type { Request, RequestHandler, Response } from 'express';
import type { Deployments } from '../deployments/deployments';
import { askingOf, requirePublishToken } from '../http/caller';
import { sendJson } from '../http/contract';
import type { Metrics } from '../http/metrics';
import { encodeCursor, isString, pageOf } from '../http/page';
import { Problem } from '../http/problem';
import type { Allowed } from '../identity/trusts/allowed';
import type { RequestedAction } from '../identity/trusts/trust';
import { createTeamQueue } from '../workers/team-queue';
import { publishingThreads } from '../workers/threads';
import type { Changer, Keeper } from './change';
import type { WidgetLifecycle } from './lifecycle';
import { versionUnknown, widgetUnknown } from './lifecycle';
import { checkLooksAfter } from './looking-after';
import { limits } from './publish/limits';
import type { Publish } from './publish/publish';
import { receive } from './publish/receive';
import type { Resolver } from './resolver';
import { categoryKey } from './search-words';
import type { WidgetStore } from './store';
import type { VersionContents } from './version-content';
import { detailOf, summaryOf, versionDetailOf } from './views';
import { type ContextTypes, contextsOf, versionOf, type WidgetRecord } from './widget';

export interface WidgetRoutesOptions {
  store: WidgetStore;
  contents: VersionContents;
  publish: Publish;
  changes: WidgetLifecycle;
  allowed: Allowed;
  deployments: Pick<Deployments, 'settle' | 'inUse'>;
  resolver: Resolver;
  metrics: Metrics;
  /** Milliseconds until all of an upload must be there. */
  uploadWithin: number;
  /** How many layouts use each widget: the layouts room knows. */
  layoutsUsing(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface WidgetRoutes {
  list: RequestHandler;
  detail: RequestHandler;
  version: RequestHandler;
  publish: RequestHandler;
  deprecate: RequestHandler;
  yank: RequestHandler;
  promote: RequestHandler;
  hold: RequestHandler;
  lift: RequestHandler;
  release: RequestHandler;
  resolve: RequestHandler;
}

export function createWidgetRoutes(options: WidgetRoutesOptions): WidgetRoutes {
  const { store, contents, publish, changes, allowed, deployments, resolver, metrics, uploadWithin, layoutsUsing } = options;
  const receiving = createTeamQueue(limits.uploads, limits.uploadsOfTeam);
  // What is read holds its archive and its files in memory. One thread is always left for another team.
  const reading = createTeamQueue(publishingThreads, publishingThreads - 1);

  async function found(name: string): Promise<WidgetRecord> {
    const widget = await store.find(name);
    if (!widget) throw widgetUnknown(name);
    return widget;
  }

  const contextTypes = async (widget: WidgetRecord): Promise<ContextTypes> =>
    widget.listing.contexts ?? contextsOf((await contents.of(widget, widget.listing.version)).manifest);

  async function changerOf(req: Request, requested: RequestedAction): Promise<Changer> {
    const owner = (await store.find(requested.widget))?.owner ?? null;
    return { team: await allowed.teamFor(req, requested, owner), asking: askingOf(req) };
  }

  /** Who may promote may also hold and lift; so may whoever looks after the widget and is signed in. */
  async function holderOf(req: Request, name: string, channel: string): Promise<Keeper> {
    if (req.caller.kind !== 'user') return keeperOf(req, name, channel);
    await checkLooksAfter(req, store, name);
    return { team: null, asking: askingOf(req), person: { name: req.caller.claims.name } };
  }

  /** Who may promote may also give a channel back; so may whoever runs the instance. */
  async function keeperOf(req: Request, widget: string, channel: string): Promise<Keeper> {
    return req.caller.kind === 'bootstrap' ? { team: null, asking: askingOf(req) } : changerOf(req, { widget, action: 'promote', channel });
  }

  async function answerDetail(res: Response, widget: WidgetRecord): Promise<void> {
    const using = await layoutsUsing([widget.name]);
    res.json(detailOf(widget, await contents.of(widget, widget.listing.version), using.get(widget.name) ?? 0));
  }

  async function answerVersion(res: Response, widget: WidgetRecord, version: string): Promise<void> {
    if (!versionOf(widget, version)) throw versionUnknown(widget.name, version);
    res.json(versionDetailOf(widget, await contents.of(widget, version)));
  }

  /** Counts how publishes end, by code. */
  async function counted<T>(work: () => Promise<T>, code: (result: T) => string): Promise<T> {
    try {
      const result = await work();
      metrics.publishes.inc({ code: code(result) });
      return result;
    } catch (error) {
      metrics.publishes.inc({ code: error instanceof Problem ? error.code : 'internal' });
      throw error;
    }
  }

  async function marked(kind: 'deprecate' | 'yank', req: Request, res: Response): Promise<void> {
    const by = { team: requirePublishToken(req).team, asking: askingOf(req) };
    const { name, version } = versionParams(req);
    const { reason } = req.body as { reason: string };
    const widget = await changes[kind](name, version, reason, by);
    await answerVersion(res, widget, version);
  }

  return {
    list: async (req, res) => {
      const { cursor, limit } = pageOf(req, isString);
      const { q, category, publisher } = req.query as { q?: string; category?: string; publisher?: string };
      const page = await store.list({
        words: wordsOf(q ?? ''),
        category: category === undefined ? null : categoryKey(category),
        publisher: publisher ?? null,
        after: cursor,
        limit,
      });
      const using = await layoutsUsing(page.items.map(({ name }) => name));
      const summarise = async (widget: WidgetRecord): Promise<WidgetSummary> =>
        summaryOf(widget, await contextTypes(widget), using.get(widget.name) ?? 0);
      res.json({
        items: await Promise.all(page.items.map(summarise)),
        next: page.next === null ? null : encodeCursor(page.next),
        total: page.total,
        categories: await store.categories(),
      });
    },

    detail: async (req, res) => answerDetail(res, await found(param(req, 'name'))),

    version: async (req, res) => {
      const { name, version } = versionParams(req);
      await answerVersion(res, await found(name), version);
    },

    publish: async (req, res) => {
      const asked = versionParams(req);
      const publisher = await changerOf(req, { widget: asked.name, action: 'publish', channel: null });
      const { widget, content, created, warnings } = await counted(
        async () => {
          await publish.admit(asked, publisher);
          return receiving(publisher.team, async () => {
            const received = await receive(req, uploadWithin);
            try {
              return await reading(publisher.team, async () => publish.publish(asked, publisher, await received.read()));
            } finally {
              await received.close();
            }
          });
        },
        (result) => (result.created ? 'published' : 'unchanged'),
      );
      res.status(created ? 201 : 200).json({ ...versionDetailOf(widget, content), warnings });
    },

    deprecate: (req, res) => marked('deprecate', req, res),
    yank: (req, res) => marked('yank', req, res),

    promote: async (req, res) => {
      const { name, channel } = channelParams(req);
      const by = await changerOf(req, { widget: name, action: 'promote', channel });
      const { version } = req.body as { version: string };
      const widget = await changes.promote(name, channel, version, by);
      await answerDetail(res, widget);
    },

    hold: async (req, res) => {
      const { name, channel } = channelParams(req);
      const { reason, version } = req.body as { reason: string; version?: string };
      await answerDetail(res, await changes.hold(name, channel, { version, reason }, await holderOf(req, name, channel)));
    },

    lift: async (req, res) => {
      const { name, channel } = channelParams(req);
      const { at } = req.query as { at?: string };
      await changes.lift(name, channel, at, await holderOf(req, name, channel));
      await deployments.settle(name, channel, askingOf(req));
      await answerDetail(res, await found(name));
    },

    release: async (req, res) => {
      const { name, channel } = channelParams(req);
      const inUse = (uid: string) => deployments.inUse(name, channel, uid);
      await answerDetail(res, await changes.release(name, channel, inUse, await keeperOf(req, name, channel)));
    },

    resolve: async (req, res) => {
      const { widgets } = req.body as { widgets: string[] };
      sendJson(req, res, `{"items":[${(await resolver.resolveToText(widgets)).join(',')}]}`);
    },
  };
}

const param = (req: Request, name: string): string => String(req.params[name]);
const channelParams = (req: Request) => ({ name: param(req, 'name'), channel: param(req, 'channel') });
const versionParams = (req: Request) => ({ name: param(req, 'name'), version: param(req, 'version') });
