import type { Upstream } from '@datamesh/contracts';
import { api, ask } from '../../api/client';

export const readUpstream = (layout: string): Promise<Upstream> =>
  ask(api.GET('/layouts/{layout}/upstream', { params: { path: { layout } } }));
