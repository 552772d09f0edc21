/** A layout's revision as HTTP's tag: what a write says it was made from. */
import type { Layout } from '@datamesh/contracts';
import type { Request } from 'express';
import { type Problem, problem } from '../http/problem';
import type { LayoutRecord } from './layout';

export const stale = (record: LayoutRecord, current: Layout): Problem =>
  problem(412, 'revision_stale', `${current.updatedByName} saved revision ${current.revision} in between; merge it with yours`, {
    members: { current },
    headers: { etag: etagOf(record) },
  });

export const etagOf = ({ head }: Pick<LayoutRecord, 'head'>): string => `"${head.revision}"`;

/** Of `If-Match`, which the contract has looked at. */
export const baseOf = (req: Pick<Request, 'get'>): number => Number(req.get('if-match')?.slice(1, -1));
