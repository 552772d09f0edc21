/** From the hand-written documents: bundled JSON for the servers' validators, types, and the published JSON Schemas. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { parse } from 'yaml';
import { withoutIllustrations } from './illustrations.ts';
import { problemCodesModule } from './problem-codes.ts';

/** A value of JSON. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Schema = { [key: string]: Json };

interface ApiDocument {
  components: { schemas: Record<string, Schema> };
}

const here = import.meta.dirname;
const check = process.argv.includes('--check');
const stale: string[] = [];

function write(path: string, text: string): void {
  const file = join(here, path);
  if (!check) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    /* not there: stale */
  }
  if (before !== text) stale.push(path);
}

/** One component as a schema of its own: what it refers to moves into $defs. */
function standalone({ components }: ApiDocument, name: string, id: string): Schema {
  const wanted = new Set<string>();
  const visit = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(visit);
    return node === null || typeof node !== 'object' ? node : visitSchema(node);
  };
  const visitSchema = (schema: Schema): Schema =>
    Object.fromEntries(
      Object.entries(schema).map(([key, value]) => {
        if (key !== '$ref' || typeof value !== 'string') return [key, visit(value)];
        const target = value.replace('#/components/schemas/', '');
        wanted.add(target);
        return [key, `#/$defs/${target}`];
      }),
    );
  const component = (named: string): Schema => {
    const schema = components.schemas[named];
    if (!schema) throw new Error(`The contract has no component ${named}`);
    return visitSchema(schema);
  };
  const root = component(name);
  const $defs: Schema = {};
  for (const target of wanted) $defs[target] ??= component(target);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, ...root, $defs };
}

for (const name of ['registry', 'tracker']) {
  const written: OpenAPI3 & ApiDocument = parse(readFileSync(join(here, `${name}.openapi.yaml`), 'utf8'));
  const document = withoutIllustrations(written);
  write(`src/generated/${name}.problems.ts`, problemCodesModule(written, name));
  write(`src/generated/${name}.openapi.json`, `${JSON.stringify(document)}\n`);
  write(
    `src/generated/${name}.ts`,
    `// Generated from ${name}.openapi.yaml by npm run generate.\n${astToString(await openapiTS(document))}`,
  );
  if (name !== 'registry') continue;
  for (const [component, file] of [
    ['WidgetManifest', 'widget'],
    ['LayoutContent', 'layout'],
    ['LayoutFile', 'layout-file'],
    ['LayoutsIndex', 'layouts-index'],
    ['PanelsFile', 'panels'],
  ] as const)
    write(`schemas/${file}.schema.json`, `${JSON.stringify(standalone(document, component, `urn:datamesh:schema:${file}`), null, 2)}\n`);
}
if (stale.length > 0) {
  console.error(`Out of date, run npm run generate: ${stale.join(', ')}`);
  process.exit(1);
}
