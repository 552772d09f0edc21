/** docs/figures-mutation.md: one row for each room, replaced as it is measured. */
import { readFile, writeFile } from 'node:fs/promises';
import { at } from '../setup/repository.ts';
import type { Room } from './rooms.ts';
import type { Outcome } from './run.ts';

const FILE = 'docs/figures-mutation.md';
const HEAD = `# Figures of mutation

\`npm run test:mutation\` changes the code of the pure rooms, one place at a time (an operator turned round, a condition that always holds, a block left
out), runs their unit suites against each change, and writes its row here; \`npm run test:mutation -- resolve\` does it for one room. What no suite
notices is listed in the terminal and, with the code, in \`.cache/mutation/<room>.html\`. Words are left as they are. A change after which a suite never
ends counts as noticed.

| room | noticed | changes | not noticed | of these, where no test comes | measured | took |
|---|---|---|---|---|---|---|
`;

export async function writeFigures(name: string, room: Room, outcome: Outcome, ms: number): Promise<void> {
  const known = await rowsOf();
  known.set(room.title, rowOf(name, room, outcome, ms));
  await writeFile(at(FILE), `${HEAD}${[...known.values()].join('\n')}\n`);
}

async function rowsOf(): Promise<Map<string, string>> {
  const text = await readFile(at(FILE), 'utf8').catch(() => '');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(rows.map((row) => [row.split(' | ')[0]?.replace(/^\| `\w+` /, '') ?? '', row]));
}

function rowOf(name: string, { title }: Room, { killed, timedOut, survivors }: Outcome, ms: number): string {
  const noticed = killed + timedOut;
  const all = noticed + survivors.length;
  const share = all === 0 ? '–' : `${((100 * noticed) / all).toFixed(1)} %`;
  const uncovered = survivors.filter(({ covered }) => !covered).length;
  const day = new Date().toISOString().slice(0, 10);
  const took = ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
  return `| \`${name}\` ${title} | ${share} | ${all} | ${survivors.length} | ${uncovered} | ${day} | ${took} |`;
}
