/** docs/elements.md has a table that the run makes: what came of each exhibit. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../harness/documents';
import { EXHIBITS, type Exhibit } from './exhibits';

const DOCUMENT = join(ROOT, 'docs/elements.md');
const [BEGIN, END] = ['<!-- made by npm run test:zoo -->', '<!-- to here -->'];

/** Rows of what this run has shown are new; what it has not keeps what an earlier one has written, and what none has shown has no row. */
export async function writeTable(shown: readonly Exhibit[]): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const rows = EXHIBITS.flatMap((exhibit) => {
    const row = `| ${exhibit.maker} | ${packagesOf(exhibit)} | ${verdictOn(exhibit)} |`;
    const before = text.split('\n').find((line) => line.startsWith(`| ${exhibit.maker} |`));
    return shown.includes(exhibit) ? [row] : (before ?? []);
  });
  const table = ['| made by | in | what came of it |', '|---|---|---|', ...rows].join('\n');
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined) throw new Error(`${DOCUMENT} has no place for the table`);
  await writeFile(DOCUMENT, `${before}${BEGIN}\n${table}\n${END}${after}`);
}

/** A file names its packages with `--with`, or installs one by itself whose peers are not those of its scripts. */
const packagesOf = ({ from, flags = '', before = '' }: Exhibit): string =>
  (from.endsWith('.js')
    ? [...`${flags} ${before}`.matchAll(/--(?:with|legacy-peer-deps) (\S+)/g)].flatMap(([, spec]) => spec ?? [])
    : [from]
  )
    .map((spec) => `\`${spec}\``)
    .join(', ');

function verdictOn({ from, cannot, setting }: Exhibit): string {
  if (cannot) return `cannot: ${cannot.why}`;
  const place = from.endsWith('.js') ? `, in [a file](../e2e/zoo/files/${from})` : '';
  return setting ? `works with a setting${place}: ${setting}` : `works${place}`;
}
