import type { Layout, Lineage, RevisionSummary } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import { layoutCalls } from '../../layouts/layout-calls';

const PAGE = 30;

export interface RevisionPage {
  items: RevisionSummary[];
  next: string | null;
}

export const listRevisions = (layout: string, cursor: string | null): Promise<RevisionPage> =>
  ask(api.GET('/layouts/{layout}/revisions', { params: { path: { layout }, query: { limit: PAGE, ...(cursor ? { cursor } : {}) } } }));

/** null: not told. */
export const readLineage = async (layout: string): Promise<Lineage | null> =>
  (await ask(api.GET('/layouts/{layout}', { params: { path: { layout }, query: { include: 'lineage' } } }))).lineage ?? null;

export const nameRevision = (layout: string, revision: number, name: string | null): Promise<RevisionSummary> =>
  ask(api.PUT('/layouts/{layout}/revisions/{revision}/name', { params: { path: { layout, revision } }, body: { name } }));

/** Reads each revision once: a former one never changes. */
export function revisionReader(layout: string): (revision: number) => Promise<Layout> {
  const known = new Map<number, Promise<Layout>>();
  return (revision) => {
    const asked = known.get(revision) ?? layoutCalls.revision(layout, revision);
    known.set(revision, asked);
    // What failed is asked again.
    asked.catch(() => known.delete(revision));
    return asked;
  };
}
