/** docs/errors.md: what the sources say (code, status, who), with what problems.yaml says (cause, mend). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { collectProblems, type Found, unionIn } from './collect.ts';

const CATALOGUE = 'packages/contracts/problems.yaml';
const CONTRACT = 'packages/contracts/registry.openapi.yaml';
const DROPS = { file: 'tracker/src/events/event.ts', name: 'DropReason' };

interface Entry {
  cause: string;
  mend: string;
}

/** A part of the catalogue, by code. */
type Entries = Record<string, Entry>;

interface Catalogue {
  problems: Entries;
  drops: Entries;
  resolve: Entries;
}

interface Contract {
  components: { schemas: { ResolutionFailure: { properties: { error: { properties: { code: { enum: string[] } } } } } } };
}

/** Of a code, in order. */
interface Said {
  statuses: number[];
  by: string[];
}

/** Of the repository at `root`. Throws one error that lists everything that does not fit together. */
export function renderProblems(root: string): string {
  const { problems, drops, resolve }: Catalogue = parse(readFileSync(join(root, CATALOGUE), 'utf8'));
  const { components }: Contract = parse(readFileSync(join(root, CONTRACT), 'utf8'));
  const failures = components.schemas.ResolutionFailure.properties.error.properties.code.enum;
  const { found, unclear } = collectProblems(root);
  const reasons = unionIn(root, DROPS.file, DROPS.name);
  const rows = byCode(found);
  const wrong = [
    ...unclear.map((place) => `${place}: its code or status cannot be known from the source; write it as a literal`),
    ...mismatches([...rows.keys()], problems, 'problems'),
    ...mismatches(reasons, drops, 'drops'),
    ...mismatches(failures, resolve, 'resolve'),
  ];
  if (wrong.length > 0) throw new Error(`The codes of errors and ${CATALOGUE} do not fit together:\n  ${wrong.join('\n  ')}`);
  const listed = (codes: readonly string[], part: Entries): string =>
    codes.map((code) => `| \`${code}\` | ${cells(part[code])} |`).join('\n');
  return page(rows, problems, { drops: listed(reasons, drops), failures: listed(failures, resolve) });
}

function mismatches(codes: readonly string[], catalogue: Partial<Record<string, Partial<Entry> | null>>, part: keyof Catalogue): string[] {
  const incomplete = Object.entries(catalogue).filter(([, entry]) => !entry?.cause || !entry.mend);
  return [
    ...codes.filter((code) => !Object.hasOwn(catalogue, code)).map((code) => `${code} has no entry in ${part}: add its cause and mend`),
    ...Object.keys(catalogue)
      .filter((code) => !codes.includes(code))
      .map((code) => `${code} is in ${part}, and nothing says it: remove the entry`),
    ...incomplete.map(([code]) => `${code} in ${part} needs a cause and a mend`),
  ];
}

/** In the order of the alphabet. */
function byCode(found: readonly Found[]): Map<string, Said> {
  const rows = new Map<string, { statuses: Set<number>; by: Set<string> }>();
  for (const { code, status, by } of found) {
    const row = rows.get(code) ?? { statuses: new Set<number>(), by: new Set<string>() };
    if (status !== null) row.statuses.add(status);
    for (const one of by) row.by.add(one);
    rows.set(code, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([code, { statuses, by }]) => [code, { statuses: [...statuses].sort((a, b) => a - b), by: [...by].sort() }]));
}

/** Where pages that name a code lead to; in a cell that is text anyway, as others read the cells before it. */
const anchor = (code: string): string => `<a id="${code}"></a>`;

/** Cause and mend as cells of a table; that none lacks them was looked at before. */
const cells = (entry: Entry | undefined): string => (entry ? `${cell(entry.cause)} | ${cell(entry.mend)}` : '');
const cell = (text: string): string => text.replaceAll('|', '\\|');

function page(rows: ReadonlyMap<string, Said>, problems: Entries, lists: { drops: string; failures: string }): string {
  const { cli = [], services = [] } = Object.groupBy(rows, ([, { by }]) => (by.every((one) => one === 'datamesh') ? 'cli' : 'services'));
  const line = ([code, { statuses, by }]: [string, Said]): string =>
    `| \`${code}\` | ${statuses.join(', ') || '–'} | ${by.join(', ')} | ${anchor(code)}${cells(problems[code])} |`;
  return `<!-- Made by npm run generate from the sources and ${CATALOGUE}. Change those. -->

# Errors: every stable code

Errors are problem+json (RFC 9457): \`type\`, \`title\`, \`status\`, \`code\`, \`detail\`, \`requestId\`, and \`errors\` with a place for each thing that is
wrong. The \`code\` is stable; \`detail\` says what happened this time and what to do next; the service's log has the request id.

## What services answer

| code | status | said by | cause | what to do |
|---|---|---|---|---|
${services.map(line).join('\n')}

"edge" is the server that browsers speak to (\`host/server\`). A status of – is one that another service gave and that is passed on.

## Why a panel has no version

In the answer to \`POST /resolve\`, and in a layout's resolution, each item is a version or an \`error\` with one of these codes.

| code | cause | what to do |
|---|---|---|
${lists.failures}

## Why an event was not counted

The tracker says so in the header \`Datamesh-Event: dropped; reason=…\` and counts each reason ([tracker.md](tracker.md)). A batch of which nothing could
be stored for now is answered with 503 and the reason as its code.

| reason | cause | what to do |
|---|---|---|
${lists.drops}

## What \`datamesh\` says by itself

On stderr, as \`code: detail\`. Codes of the registry pass through. It exits with 2 for a wrong command line, with 1 for everything else.

| code | cause | what to do |
|---|---|---|
${cli.map(([code]) => `| \`${code}\` | ${cells(problems[code])} |`).join('\n')}
`;
}
