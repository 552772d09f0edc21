import type { Layout, LayoutContent, Upstream } from '@datamesh/contracts';
import { api, ask } from '../../api/client';

export const readUpstream = (layout: string): Promise<Upstream> =>
  ask(api.GET('/layouts/{layout}/upstream', { params: { path: { layout } } }));

/** `base`: the revision of the copy that `content` was made from; `revision`: of the original. Throws ApiProblem. */
export const pullInto = (layout: string, base: number, revision: number, content: LayoutContent): Promise<Layout> =>
  ask(
    api.POST('/layouts/{layout}/pull', {
      params: { path: { layout }, header: { 'if-match': `"${base}"` } },
      body: { revision, content },
    }),
  );
