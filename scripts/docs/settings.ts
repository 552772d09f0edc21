/** Environment variables: those that services read, and those that tables of the documents describe. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const READERS = [
  'registry-api/src/config.ts',
  'tracker/src/config.ts',
  'host/server/config.ts',
  'packages/sidecar/src/config.ts',
  'packages/service/src/settings.ts',
];
const STARTS = ['scripts/run/settings.ts', 'scripts/dev/settings.ts'];
const TABLES = ['README.md', 'docs/tracker.md', 'docs/deployments.md'];
/** Node's own, which everybody knows. */
const UNSAID = ['NODE_ENV'];

/** One line for each variable that is read and not described, or described and not read. */
export function unlikeSettings(root: string): string[] {
  const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
  const read = new Set(READERS.flatMap((path) => namesRead(textOf(path))));
  const started = new Set(STARTS.flatMap((path) => [...textOf(path).matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name)));
  const described = new Map(TABLES.flatMap((path) => namesDescribed(textOf(path)).map((name) => [name, path] as const)));
  return [
    ...[...read]
      .filter((name) => !described.has(name) && !UNSAID.includes(name))
      .map((name) => `${name} is read, and no table describes it`),
    ...[...described]
      .filter(([name]) => !read.has(name) && !started.has(name))
      .map(([name, path]) => `${path}: ${name} is read by nothing`),
  ];
}

/** `settings.text('NAME', …)`, `required(settings, 'NAME', …)`. */
const namesRead = (text: string): string[] =>
  [...text.matchAll(/(?:settings|this|Settings\(env\))(?:\.\w+\(|,)\s*'([A-Z][A-Z0-9_]+)'/g)].map(([, name = '']) => name);

/** The first cell of each row of a table whose first column is called variable or setting. */
function namesDescribed(text: string): string[] {
  const tables = text.match(/^\| (?:variable|setting) .*\n(?:\|.*\n?)*/gm) ?? [];
  const cells = tables.flatMap((table) => table.split('\n').map((row) => row.split('|')[1] ?? ''));
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name));
}
