/** Whether an index leads to what a filter looks for: the rule that MongoDB's planner goes by when it has a choice. */
import type { mongo } from 'mongoose';
import { isPlain } from './mongo-command';

export interface Index {
  /** In their order. */
  fields: readonly string[];
  /** Holds only documents that have its field. */
  sparse: boolean;
}

/** By a bound on an index's first field, in every branch of an `$or`; or by an index that has the order wanted, up to a limit. */
export function reach(filter: mongo.Document, sort: mongo.Document | null, indexes: readonly Index[]): boolean {
  if (sort && indexes.some(({ fields }) => Object.keys(sort).every((field, at) => fields[at] === field))) return true;
  return bounded(filter, indexes);
}

function bounded(filter: mongo.Document, indexes: readonly Index[]): boolean {
  return Object.entries(filter).some(([field, condition]) => {
    if (field === '$and') return (condition as mongo.Document[]).some((one) => bounded(one, indexes));
    if (field === '$or') return (condition as mongo.Document[]).every((one) => bounded(one, indexes));
    return indexes.some(({ fields, sparse }) => fields[0] === field && bounds(condition, sparse));
  });
}

const bounding = new Set(['$eq', '$in', '$all', '$lt', '$lte', '$gt', '$gte', '$elemMatch']);

/** `$ne` and the like bound nothing; `$exists` does only where the index leaves out what has none. */
function bounds(condition: unknown, sparse: boolean): boolean {
  if (condition instanceof RegExp) return condition.source.startsWith('^');
  if (condition === null || typeof condition !== 'object' || !isPlain(condition)) return true;
  return Object.entries(condition).some(([operator, value]) => {
    if (operator === '$exists') return value === true && sparse;
    if (operator === '$regex') return String(value).startsWith('^');
    return bounding.has(operator) || !operator.startsWith('$');
  });
}
