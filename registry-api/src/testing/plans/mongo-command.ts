/** What a command looks for, in which collection. */
import type { mongo } from 'mongoose';

export interface MongoQuery {
  /** Command, collection, and the shape of what is looked for: values left out. */
  query: string;
  collection: string;
  filter: mongo.Document;
  /** As far as no more is read than is answered: null without a limit. */
  sort: mongo.Document | null;
  /** To be explained. */
  command: mongo.Document;
}

/** Nothing for commands that look for nothing, as `insert`, `createIndexes` and `getMore`. */
export function askedIn(command: mongo.Document): MongoQuery[] {
  const [[name, collection] = ['', '']] = Object.entries(command);
  if (typeof collection !== 'string') return [];
  const ask = (filter: mongo.Document = {}, sort: mongo.Document | null = null, only: mongo.Document = command): MongoQuery => ({
    query: `${name} ${collection} ${shapeOf(filter)}${sort ? ` in the order of ${Object.keys(sort).join(', ')}` : ''}`,
    collection,
    filter,
    sort,
    command: plain(only),
  });
  switch (name) {
    case 'find':
      return [ask(command['filter'], command['limit'] ? (command['sort'] ?? null) : null)];
    case 'count':
    case 'distinct':
      return [ask(command['query'])];
    case 'findAndModify':
      return [ask(command['query'])];
    case 'aggregate':
      return [ask(command['pipeline'][0]?.['$match'])];
    case 'update':
      return command['updates'].map((one: mongo.Document) => ask(one['q'], null, { update: collection, updates: [one] }));
    case 'delete':
      return command['deletes'].map((one: mongo.Document) => ask(one['q'], null, { delete: collection, deletes: [one] }));
    default:
      return [];
  }
}

/** Without what belongs to the connection: an explained command is a new one. */
const plain = ({
  lsid: _,
  $clusterTime: __,
  $db: ___,
  $readPreference: ____,
  txnNumber: _____,
  writeConcern: ______,
  ...rest
}: mongo.Document) => rest;

/** Operators and fields, with a mark where a value stands. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join(', ')}]`;
  if (value === null || typeof value !== 'object' || !isPlain(value)) return '?';
  const members = Object.entries(value).map(([key, inner]) => `${key}: ${shapeOf(inner)}`);
  return ['{', members.join(', '), '}'].filter((part) => part !== '').join(' ');
}

export const isPlain = (value: object): boolean =>
  Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
