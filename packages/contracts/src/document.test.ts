/** What the APIs' documents say for their readers: examples that are right, and which codes each operation answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CodedDocument, everyCodeOf, type Operation, operationsOf, ownCodesOf } from '../problem-codes.ts';
import { isTitle } from './titles.ts';

interface Media {
  schema: object;
  examples?: { usual?: { $ref: string } };
}
interface Parameter {
  $ref?: string;
  name?: string;
  required?: boolean;
  example?: unknown;
  schema?: object;
}
interface Answered extends Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
interface Document extends CodedDocument {
  paths: Record<string, { parameters?: Parameter[] }>;
  components: { examples: Record<string, { value: unknown }>; parameters: Record<string, Parameter> };
}

const root = join(import.meta.dirname, '../../..');
const known = Object.keys(parse(readFileSync(join(root, 'packages/contracts/problems.yaml'), 'utf8')).problems);
/** Code and who says it, as docs/errors.md lists what the sources say. */
const rows = readFileSync(join(root, 'docs/errors.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, code, by] = /^\| `([a-z_]+)` \| [\d, –]+ \| ([^|]*) \|/.exec(line) ?? [];
    return code === undefined ? [] : [{ code, by: by?.split(', ') ?? [] }];
  });

describe.each([
  ['registry', 'registry-api'],
  ['tracker', 'tracker'],
] as const)('%s', (name, service) => {
  const document: Document = parse(readFileSync(join(root, `packages/contracts/${name}.openapi.yaml`), 'utf8'));
  const operations = operationsOf<Answered>(document);
  const said = rows.flatMap(({ code, by }) => (by.includes(service) ? [code] : []));
  const elsewhere = Object.keys(document['x-problem-codes-elsewhere'] ?? {});
  const passedOn = Object.keys(document['x-problem-codes-passed-on'] ?? {});
  const listed = new Set([...everyCodeOf(document), ...operations.flatMap(([, operation]) => ownCodesOf(document, operation))]);

  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormatsModule as unknown as typeof addFormatsModule.default)(ajv);
  ajv.addFormat('title', isTitle);
  ajv.addSchema({ $id: name, components: document.components });

  /** By a schema of the document, as one of its own. */
  function expectRight(schema: object, value: unknown, what: string): void {
    const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', `"${name}#/components`)) as object);
    check(value);
    expect(check.errors, what).toBeNull();
  }

  describe.each(operations)('%s', (key, operation) => {
    it('has an example of its body and of its answer, as their schemas have them', () => {
      const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      for (const { content = {} } of [...answers.map(([, answer]) => answer), ...(operation.requestBody ? [operation.requestBody] : [])])
        for (const [type, { schema, examples }] of Object.entries(content)) {
          const example = examples?.usual?.$ref.replace('#/components/examples/', '');
          if (type === 'application/json') expect(example, type).toBeDefined();
          if (example !== undefined) expectRight(schema, document.components.examples[example]?.value, example);
        }
    });

    it('has an example of each parameter that it needs', () => {
      const ofPath = document.paths[key.replace(/^[A-Z]+ /, '')]?.parameters ?? [];
      for (const given of [...ofPath, ...(operation.parameters ?? [])]) {
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

    it('says in a sentence what it does', () => expect(operation.summary).toMatch(/\w/));
  });

  it('has no example that no operation shows', () => {
    const shown = JSON.stringify(document.paths);
    expect(Object.keys(document.components.examples).filter((one) => !shown.includes(`#/components/examples/${one}"`))).toEqual([]);
  });

  it('has no code of its service that no operation lists, but those that are said to be of none', () => {
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((code) => !listed.has(code) && !elsewhere.includes(code))).toEqual([]);
    expect([...listed, ...elsewhere].filter((code) => !said.includes(code) && !passedOn.includes(code))).toEqual([]);
    expect(elsewhere.filter((code) => listed.has(code))).toEqual([]);
    expect(passedOn.filter((code) => !listed.has(code) || said.includes(code))).toEqual([]);
  });

  it('reaches neither services nor pages with what is for readers', () => {
    const bundled = readFileSync(join(import.meta.dirname, `generated/${name}.openapi.json`), 'utf8');
    expect(bundled).not.toMatch(/"(examples?|x-who|x-problem-[a-z-]+)":/);
  });
});
