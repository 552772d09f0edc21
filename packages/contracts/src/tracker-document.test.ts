/** What the tracker's document says for its readers: examples that are right, and which codes each operation answers. The registry's has neither yet. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CodedDocument, everyCodeOf, type Operation, operationsOf, ownCodesOf } from '../problem-codes.ts';

interface Media {
  schema: object;
  examples?: { usual?: { $ref: string } };
}
interface Answered extends Operation {
  parameters?: { $ref?: string; name?: string; required?: boolean; example?: unknown; schema?: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
interface Document extends Required<CodedDocument> {
  components: {
    examples: Record<string, { value: unknown }>;
    parameters: Record<string, { name: string; required?: boolean; example?: unknown; schema: object }>;
  };
}

const root = join(import.meta.dirname, '../../..');
const document: Document = parse(readFileSync(join(root, 'packages/contracts/tracker.openapi.yaml'), 'utf8'));
const known = Object.keys(parse(readFileSync(join(root, 'packages/contracts/problems.yaml'), 'utf8')).problems);
/** What the sources of the tracker say, as docs/errors.md lists it. */
const said = readFileSync(join(root, 'docs/errors.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^\| `([a-z_]+)` \| [\d, –]+ \| ([^|]*) \|/.exec(line) ?? [])
  .flatMap((part, at, parts) => (at % 3 === 1 && parts[at + 1]?.split(', ').includes('tracker') ? [part] : []));
const operations = operationsOf<Answered>(document);
const elsewhere = Object.keys(document['x-problem-codes-elsewhere']);
const listed = new Set([...everyCodeOf(document), ...operations.flatMap(([, operation]) => ownCodesOf(document, operation))]);

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormatsModule as unknown as typeof addFormatsModule.default)(ajv);
ajv.addSchema({ $id: 'tracker', components: document.components });

/** A schema of the document, as one of its own. */
const checkOf = (schema: object) =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"tracker#/components')) as object);

function expectRight(schema: object, value: unknown, what: string): void {
  const check = checkOf(schema);
  check(value);
  expect(check.errors, what).toBeNull();
}

describe.each(operations)('%s', (_, operation) => {
  it('has an example of its body and of its answer, as their schemas have them', () => {
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    for (const { content = {} } of [...answers.map(([, answer]) => answer), ...(operation.requestBody ? [operation.requestBody] : [])])
      for (const [type, { schema, examples }] of Object.entries(content)) {
        const name = examples?.usual?.$ref.replace('#/components/examples/', '');
        if (type === 'application/json') expect(name, type).toBeDefined();
        if (name !== undefined) expectRight(schema, document.components.examples[name]?.value, name);
      }
  });

  it('has an example of each parameter that it needs', () => {
    for (const given of operation.parameters ?? []) {
      const shared = given.$ref?.replace('#/components/parameters/', '');
      const parameter = shared === undefined ? given : document.components.parameters[shared];
      if (parameter?.required) expect(parameter.example, parameter.name).toBeDefined();
      if (parameter?.example !== undefined) expectRight(parameter.schema ?? {}, parameter.example, String(parameter.name));
    }
  });

  it('lists codes that there are, and none that every operation answers', () => {
    const own = ownCodesOf(document, operation);
    expect(own.filter((code) => !known.includes(code) || everyCodeOf(document).includes(code))).toEqual([]);
  });
});

it('has no code of the tracker that no operation lists, but those that are said to be of none', () => {
  expect(said.length).toBeGreaterThan(30);
  expect(said.filter((code) => !listed.has(code) && !elsewhere.includes(code))).toEqual([]);
  expect([...listed, ...elsewhere].filter((code) => !said.includes(code))).toEqual([]);
  expect(elsewhere.filter((code) => listed.has(code))).toEqual([]);
});

it('reaches neither services nor pages with what is for readers', () => {
  const bundled = readFileSync(join(import.meta.dirname, 'generated/tracker.openapi.json'), 'utf8');
  expect(bundled).not.toMatch(/"(examples?|x-who|x-problem-[a-z]+)":/);
});
