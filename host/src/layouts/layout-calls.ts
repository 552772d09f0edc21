import type { Draft } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import { api, ask } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { LayoutCalls } from './ports';

const at = (layout: string) => ({ params: { path: { layout } } });

export const layoutCalls: LayoutCalls = {
  load: (id) => ask(api.GET('/layouts/{layout}', { params: { path: { layout: id }, query: { include: 'resolution' } } })),
  revision: (id, revision) => ask(api.GET('/layouts/{layout}/revisions/{revision}', { params: { path: { layout: id, revision } } })),
  save: (id, content, revision, message) =>
    ask(
      api.PUT('/layouts/{layout}', {
        params: { path: { layout: id }, header: { 'if-match': `"${revision}"` } },
        body: { ...content, ...(message ? { message } : {}) },
      }),
    ),
  pull: (id, content, revision, taken, message) =>
    ask(
      api.POST('/layouts/{layout}/pull', {
        params: { path: { layout: id }, header: { 'if-match': `"${revision}"` } },
        body: { revision: taken, content, ...(message ? { message } : {}) },
      }),
    ),
  create: (content) => ask(api.POST('/layouts', { body: content })),
  clone: (id, body) => ask(api.POST('/layouts/{layout}/clone', { ...at(id), body })),
  remove: async (id) => void (await ask(api.DELETE('/layouts/{layout}', at(id)))),
  async draft(id) {
    try {
      // No content, or 404: there is none.
      return (await ask<Draft | undefined>(api.GET('/layouts/{layout}/draft', at(id)))) ?? null;
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 404) return null;
      throw problem;
    }
  },
  async putDraft(id, { base, content, taken, line }, tag) {
    const header = tag === null ? { 'if-none-match': '*' as const } : { 'if-match': `"${tag}"` };
    const body = {
      base,
      content: contentOf(content),
      ...(taken === undefined ? {} : { taken }),
      ...(line === undefined ? {} : { line }),
    };
    const kept = await ask(api.PUT('/layouts/{layout}/draft', { params: { path: { layout: id }, header }, body }));
    return kept.tag ?? '';
  },
  removeDraft: async (id, tag) =>
    void (await ask(api.DELETE('/layouts/{layout}/draft', { params: { path: { layout: id }, header: { 'if-match': `"${tag}"` } } }))),
  changeMine: (id, change, leaving) =>
    ask(api.PATCH('/layouts/{layout}/mine', { ...at(id), body: change, ...(leaving ? { keepalive: true } : {}) })),
  removeMine: async (id) => void (await ask(api.DELETE('/layouts/{layout}/mine', at(id)))),
};
