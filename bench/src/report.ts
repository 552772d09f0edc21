import { cpus, totalmem } from 'node:os';
import { type Figure, formatFigure, isMet, ratioOf } from './figure';

/** Where and when figures were taken. */
export interface Run {
  date: string;
  machine: string;
  figures: Figure[];
}

export const runOf = (figures: Figure[], now: Date): Run => ({
  date: now.toISOString().slice(0, 10),
  machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  figures,
});

/** docs/figures.md. */
export const markdown = ({ date, machine, figures }: Run): string => `# Figures

Written by \`npm run bench\` on ${date}: ${machine}, everything (services, browser, load generator) on the one machine. What is measured
against what, and how two commits are compared: [performance.md](performance.md).

| what | figure | goal | how |
|---|---|---|---|
${figures.map(line).join('\n')}
`;

function line(figure: Figure): string {
  const met = isMet(figure);
  const goal = met === undefined ? '–' : `${goalOf(figure)}: ${met ? 'met' : '**missed**'}`;
  return `| ${figure.what}${figure.against ? `, against ${figure.against.what}` : ''} | ${figureOf(figure)} | ${goal} | ${figure.note ?? ''} |`;
}

function figureOf({ value, unit, against, ...rest }: Figure): string {
  const ratio = ratioOf({ value, unit, against, ...rest });
  return ratio === undefined || !against
    ? formatFigure(value, unit)
    : `${ratio.toFixed(2)}x (${formatFigure(value, unit)} / ${formatFigure(against.value, unit)})`;
}

function goalOf({ goal, unit, against }: Figure): string {
  if (!goal) return '';
  const inUnit = (value: number): string => (against ? `${value}x` : formatFigure(value, unit));
  return 'most' in goal ? `at most ${inUnit(goal.most)}` : `at least ${inUnit(goal.least)}`;
}

/** Two runs side by side: the same figures, what they were, what they are, and how many times as much that is. */
export function comparison(before: Run, after: Run): string {
  const known = new Map(before.figures.map((figure) => [figure.id, figure]));
  const rows = after.figures.map((figure) => {
    const was = known.get(figure.id);
    return `| ${figure.what} | ${was ? figureOf(was) : '–'} | ${figureOf(figure)} | ${was ? `${times(was, figure).toFixed(2)}x` : 'new'} |`;
  });
  const gone = before.figures.filter(({ id }) => !after.figures.some((figure) => figure.id === id));
  return `| what | ${before.date} | ${after.date} | |
|---|---|---|---|
${[...rows, ...gone.map((figure) => `| ${figure.what} | ${figureOf(figure)} | – | gone |`)].join('\n')}
`;
}

/** Ratios where both runs have one, for they move less with the machine. */
function times(before: Figure, after: Figure): number {
  const [was, is] = [ratioOf(before), ratioOf(after)];
  return was !== undefined && is !== undefined ? is / was : after.value / before.value;
}
