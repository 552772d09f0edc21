/** Every operation of the two contracts as something that can be asked for: what is added to a contract is in every test that uses this. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryDocument, trackerDocument } from '@datamesh/contracts/node';
import { parse } from 'yaml';

const CONTRACTS = join(import.meta.dirname, '../../packages/contracts');
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

export interface Operation {
  /** Its operationId. */
  name: string;
  service: 'registry-api' | 'tracker';
  method: string;
  /** With something of the right form for every parameter that it needs; what the parameters name need not be there. */
  path: string;
  /** Media type of the body that it takes; undefined: none. */
  takes: string | undefined;
  /** Also for whoever is not signed in. */
  open: boolean;
}

/** Whom each is for, in the words of its contract. */
export const whoMay: readonly { operation: string; text: string }[] = ['registry', 'tracker'].flatMap((service) => {
  const { paths, ...document } = parse(readFileSync(join(CONTRACTS, `${service}.openapi.yaml`), 'utf8')) as Written;
  return Object.values(paths).flatMap((item) =>
    METHODS.map((method) => item[method])
      .filter((operation) => operation !== undefined)
      .map((operation) => ({ operation: operation.operationId, text: operation['x-who'] ?? document['x-who'] })),
  );
});

/** A contract as it is written: what says more than a service checks is in no bundle. */
interface Written {
  'x-who': string;
  paths: Record<string, Record<string, { operationId: string; 'x-who'?: string } | undefined>>;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  format?: string;
  pattern?: string;
  minimum?: number;
  minItems?: number;
  items?: Schema;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
interface Described {
  operationId: string;
  parameters?: Parameter[];
  security?: unknown[];
  requestBody?: { content: Record<string, unknown> };
}
interface Document {
  servers: readonly { url: string }[];
  paths: object;
}

/** Of what has a pattern: the first that fits. */
const SAMPLES = ['hostile-widget', '1.0.0', 'path:/', 'path', 'series-chart@stable'];

export const operations: readonly Operation[] = [
  ...operationsOf('registry-api', registryDocument as Document),
  ...operationsOf('tracker', trackerDocument as Document),
];

function operationsOf(service: Operation['service'], document: Document): Operation[] {
  const resolve = <T extends { $ref?: string }>(given: T): T =>
    given.$ref === undefined ? given : resolve(at<T>(document, given.$ref.slice(2).split('/')));
  const base = document.servers[0]?.url ?? '';
  return Object.entries(document.paths as Record<string, Record<string, Described> & { parameters?: Parameter[] }>).flatMap(
    ([path, item]) =>
      METHODS.filter((method) => method in item).map((method): Operation => {
        const { operationId, parameters = [], security, requestBody } = item[method] as Described;
        const needed = [...(item.parameters ?? []), ...parameters].map(resolve).filter(({ required }) => required);
        const samplesOf = ({ name, schema }: Parameter): string[] => samples(schema, resolve, `${operationId}: ${name}`);
        const filled = needed
          .filter((parameter) => parameter.in === 'path')
          .reduce((text, parameter) => text.replace(`{${parameter.name}}`, encodeURIComponent(samplesOf(parameter)[0] ?? '')), path);
        const query = needed
          .filter((parameter) => parameter.in === 'query')
          .flatMap((parameter) => samplesOf(parameter).map((value) => `${parameter.name}=${encodeURIComponent(value)}`));
        return {
          name: operationId,
          service,
          method: method.toUpperCase(),
          path: `${base}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
          takes: Object.keys(requestBody?.content ?? {})[0],
          open: security?.length === 0,
        };
      }),
  );
}

/** More than one for a list. */
function samples(given: Schema, resolve: (schema: Schema) => Schema, what: string): string[] {
  const schema = resolve(given);
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 1 }, () => samples(schema.items ?? {}, resolve, what)[0] ?? '');
  if (schema.enum) return schema.enum.slice(0, 1);
  if (schema.type === 'integer') return [String(schema.minimum ?? 1)];
  if (schema.format === 'uuid') return ['6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11'];
  if (schema.format === 'date-time') return ['2026-03-01T00:00:00Z'];
  const found = SAMPLES.find((sample) => new RegExp(schema.pattern ?? '', 'u').test(sample));
  if (found === undefined) throw new Error(`nothing among the samples of ${import.meta.filename} fits ${what} (${schema.pattern})`);
  return [found];
}

function at<T>(document: object, path: readonly string[]): T {
  let found: unknown = document;
  for (const name of path) found = (found as Record<string, unknown>)[name];
  return found as T;
}
