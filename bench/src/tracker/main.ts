/** Measures one part after the other; nothing else should run meanwhile. Never fails on milliseconds: the report says what was met. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pixels } from '../pixels';
import { chDbObstacle } from './chdb';
import { questionDuckDb } from './duckdb';
import { freshness } from './freshness';
import { memory } from './memory';
import { type Part, readOptions } from './options';
import { onPinot } from './pinot';
import { type Figures, report } from './report';

const options = readOptions(process.argv.slice(2), join(import.meta.dirname, '../../../docs/figures-tracker.md'));
const measures = (part: Part): boolean => options.parts.includes(part);

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  process.stderr.write(`${what}… `);
  const result = await work();
  process.stderr.write(`${Math.round((performance.now() - started) / 1000)} s\n`);
  return result;
}

const figures: Figures = { rounds: options.rounds };
if (measures('pixels')) figures.pixels = await step('pixels', () => pixels(options.rounds));
if (measures('freshness')) figures.freshness = await step('freshness', () => freshness(options.pixels));
if (measures('questions')) {
  const obstacle = options.compare ? await chDbObstacle() : undefined;
  if (obstacle) process.stderr.write(`chDB is not measured: ${obstacle}\n`);
  const compare = options.compare && obstacle === undefined;
  figures.duckdb = await step('questions', () => questionDuckDb(options.events, options.questions, compare));
}
if (options.pinot) {
  const parts = { questions: measures('questions'), freshness: measures('freshness') };
  // An hour of other figures must not be lost to a Pinot that does not start.
  figures.pinot = await step('pinot', () => onPinot(options.pinotEvents, options.questions, options.pixels, parts)).catch(
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      return undefined;
    },
  );
}
if (measures('memory')) figures.memory = await step('memory', () => memory(options.minutes));

const text = report(figures);
if (options.out) writeFileSync(options.out, text);
console.log(text);
