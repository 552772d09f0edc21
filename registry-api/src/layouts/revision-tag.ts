/** A layout's revision as HTTP's tag: what a write says it was made from. */
import type { Layout } from '@datamesh/contracts';
import { type Problem, problem } from '../http/problem';
import type { LayoutRecord } from './layout';

export const stale = (record: LayoutRecord, current: Layout): Problem =>
  problem(412, 'revision_stale', `${current.updatedByName} saved revision ${current.revision} in between; merge it with yours`, {
    members: { current },
    headers: { etag: etagOf(record) },
  });

export const etagOf = ({ head }: Pick<LayoutRecord, 'head'>): string => `"${head.revision}"`;

export function baseOf(ifMatch: string | undefined): number {
  const revision = /^"(\d{1,15})"$/.exec(ifMatch ?? '')?.[1];
  if (revision === undefined) throw problem(428, 'if_match_required', 'Say which revision this was made from: If-Match: "<revision>"');
  return Number(revision);
}
