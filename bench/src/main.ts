/** npm run bench: measures the built system and writes docs/figures.md. Figures compare two things in one run where they can. */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Visitors } from '../../e2e/harness/browser';
import { Stack } from '../../e2e/harness/stack';
import { elements } from './elements';
import { library } from './library';
import { opening } from './opening';
import { overhead } from './overhead';
import { pixels } from './pixels';
import { reconnects } from './reconnects';
import { resolve } from './resolve';
import { ROOT } from './service';
import { switching } from './switching';

const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const us = (value: number): string => `${value.toFixed(1)} µs`;
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
const goal = (met: boolean): string => (met ? 'met' : '**missed**');

const stack = await Stack.start({ fresh: true });
const visitors = await Visitors.open(stack);
const page = await (async () => {
  try {
    return {
      opening: await opening(visitors),
      overhead: await overhead(stack, visitors),
      elements: await elements(visitors),
      switching: await switching(visitors),
    };
  } finally {
    await visitors.close();
    await stack.stop();
  }
})();
const resolving = await resolve();
const pixel = await pixels();
const firstPage = await library();
const storm = await reconnects();

const report = `# Figures

From \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, everything
(services, browser, load generator) on the one machine. Ratios are of two things measured in turns in the same run; absolute
times depend on the machine and on what else runs on it.

| what | figure | goal | |
|---|---|---|---|
| navigation to all widgets of the demo layout ready, cold cache | ${ms(page.opening.cold)} | – | median of 7 |
| the same, warm cache | ${ms(page.opening.warm)} (${(page.opening.warm / page.opening.cold).toFixed(2)}x of cold) | – | median of 7 |
| JavaScript of the host shell in view mode, gzipped | ${kb(page.opening.shell)} | at most 130 KB | ${goal(page.opening.shell <= 130 * 1024)} |
| JavaScript of the demo layout's remotes, gzipped | ${kb(page.opening.remotes)} | – | |
| loadRemote to connected, one panel against the bare runtime | ${page.overhead.ratio.toFixed(2)}x (${ms(page.overhead.panel)} / ${ms(page.overhead.bare)}) | at most 1.15x | ${goal(page.overhead.ratio <= 1.15)}; medians of 15 each, in turns |
| an inner element with a shadow root, by a widget's code, with the hooks against none | ${(page.elements.first / page.elements.bare).toFixed(2)}x (${us(page.elements.first)} / ${us(page.elements.bare)}) | at most 1.1x | ${goal(page.elements.first <= page.elements.bare * 1.1)}; best of 7 times 5,000, in turns |
| the same of a version whose tag another one has on the page | ${(page.elements.later / page.elements.bare).toFixed(2)}x (${us(page.elements.later)}) | – | its address is looked for in the stack of each |
| switching between two open layouts of 20 panels | ${ms(page.switching.median)}, worst ${ms(page.switching.worst)} | under 50 ms | ${goal(page.switching.median < 50)}; click to painted frame |
| widgets reconnected by those switches | ${page.switching.reconnects} | 0 | ${goal(page.switching.reconnects === 0)} |
| resolve of 20 widgets, one process, 32 connections | ${Math.round(resolving.perSecond)} requests/s, p99 ${ms(resolving.p99)} | – | answers of ${kb(resolving.bytes)}, failed: ${resolving.failed} |
| first page of the library with 20,000 layouts, p95 | ${ms(firstPage)} | under 100 ms | ${goal(firstPage < 100)}; slowest of all, company, mine, a word of every title, words of few |
| 3,000 event streams that come back at once, through the edge, until the last knows where it stands | ${ms(storm)} | under 3 s | ${goal(storm < 3000)} |
| pixels acknowledged durably, against the spool off | ${pixel.ratio.toFixed(2)}x (${Math.round(pixel.durable)} / ${Math.round(pixel.unspooled)} per second) | at least 0.9x | ${goal(pixel.ratio >= 0.9)}; medians of 5 rounds, 64 connections, p99 ${ms(pixel.p99)}, failed: ${pixel.failed} |
| the same against plain Node with the same group commit | ${pixel.ofPlain.toFixed(2)}x (${Math.round(pixel.plain)} per second) | at least 0.5x | ${goal(pixel.ofPlain >= 0.5)}; the tracker with its sink running |

Of the host shell React is 67 KB and the federation runtime 18 KB; the shell's own rooms are about 40 KB. 100 KB would take a view mode
without react-dom, loaded only once a React remote is on the page: trimming the rest cannot get there.

A second start takes 3 to 6 s. The ratios of loading, switching and pixels move by a tenth and more when the machine is busy: with two other
test runs on the same two cores 56 ms and 0.46x were seen for switching and pixels.
`;
writeFileSync(join(ROOT, 'docs/figures.md'), report);
console.log(report);
