/** From the hand-written documents: bundled JSON for the servers' validators, types, and the published JSON Schemas. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const here = import.meta.dirname;
const check = process.argv.includes('--check');
const stale = [];

function write(path, text) {
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
function standalone(document, name, id) {
  const wanted = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key !== '$ref' || typeof value !== 'string') return [key, visit(value)];
        const target = value.replace('#/components/schemas/', '');
        wanted.add(target);
        return [key, `#/$defs/${target}`];
      }),
    );
  };
  const root = visit(document.components.schemas[name]);
  const $defs = {};
  for (const target of wanted) if (!$defs[target]) $defs[target] = visit(document.components.schemas[target]);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, ...root, $defs };
}

for (const name of ['registry', 'tracker']) {
  const document = parse(readFileSync(join(here, `${name}.openapi.yaml`), 'utf8'));
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
  ])
    write(`schemas/${file}.schema.json`, `${JSON.stringify(standalone(document, component, `urn:datamesh:schema:${file}`), null, 2)}\n`);
}
if (stale.length > 0) {
  console.error(`Out of date, run npm run generate: ${stale.join(', ')}`);
  process.exit(1);
}
