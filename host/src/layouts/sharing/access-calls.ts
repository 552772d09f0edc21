import type { AccessRequest, FoundPerson, Layout, LayoutAccess, LayoutSharing } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import { ApiProblem } from '../../api/problem';

const at = (layout: string) => ({ params: { path: { layout } } });

export const readAccess = (layout: string): Promise<LayoutAccess> => ask(api.GET('/layouts/{layout}/access', at(layout)));

export const findPeople = async (q: string, signal: AbortSignal): Promise<FoundPerson[]> =>
  (await ask(api.GET('/people', { params: { query: { q } }, signal }))).items;

const put = (layout: string, revision: number, sharing: LayoutSharing): Promise<Layout> =>
  ask(api.PUT('/layouts/{layout}/sharing', { params: { path: { layout }, header: { 'if-match': `"${revision}"` } }, body: sharing }));

const ATTEMPTS = 5;

/** Changes who sees a layout; where somebody saves at the same moment, what is changed is changed of what they left. Throws ApiProblem. */
export async function share(layout: string, change: (sharing: LayoutSharing) => LayoutSharing): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const access = await readAccess(layout);
    try {
      await put(layout, access.revision, change(access.sharing));
      return;
    } catch (cause) {
      if (!(cause instanceof ApiProblem) || cause.code !== 'revision_stale' || attempt === ATTEMPTS) throw cause;
    }
  }
}

/** Answers since when it is asked for, ISO 8601. */
export const askForAccess = async (layout: string, may: 'view' | 'edit', note: string): Promise<string> =>
  (await ask(api.POST('/layouts/{layout}/access-requests', { ...at(layout), body: { may, ...(note ? { note } : {}) } }))).requestedAt;

/** As it was asked, or in another way. */
export type AccessAnswer = 'view' | 'edit' | 'decline';

export const answerRequest = async ({ id }: AccessRequest, answer: AccessAnswer): Promise<void> =>
  void (await ask(api.PUT('/access-requests/{request}', { params: { path: { request: id } }, body: { answer } })));
