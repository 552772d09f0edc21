/** What is measured, each part with the lines that it gives to the report. */
import { Visitors } from '../../e2e/harness/browser';
import { Stack } from '../../e2e/harness/stack';
import { type DockName, docking } from './docking/docking';
import { dragging } from './dragging';
import { elements } from './elements';
import { type Figure, formatFigure } from './figure';
import { library } from './library';
import { OC, ocObstacle } from './oc/oc';
import { opening } from './opening';
import type { Options } from './options';
import { LOADS, outage } from './outage';
import { overhead } from './overhead';
import { pixels } from './pixels';
import { pulling } from './pulling';
import { reconnects } from './reconnects';
import { resolve } from './resolve';
import { switching } from './switching';
import { type Both, throughEdge } from './through-edge';

/** A running product with its demo, and people in front of it. */
export interface Product {
  stack: Stack;
  visitors: Visitors;
}

export async function openProduct(): Promise<Product> {
  const stack = await Stack.start({ fresh: true });
  return { stack, visitors: await Visitors.open(stack) };
}

export async function closeProduct({ stack, visitors }: Product): Promise<void> {
  await visitors.close();
  await stack.stop();
}

/** In a browser, all with the same product. */
export const inBrowser: Record<string, (product: Product, options: Pick<Options, 'compare'>) => Promise<Figure[]>> = {
  async opening({ visitors }) {
    const { cold, warm, shell, remotes } = await opening(visitors);
    return [
      {
        id: 'opening.cold',
        what: 'navigation to all widgets of the demo layout ready, cold cache',
        value: cold,
        unit: 'ms',
        note: 'median of 7',
      },
      {
        id: 'opening.warm',
        what: 'the same with a warm cache',
        value: warm,
        unit: 'ms',
        against: { what: 'cold', value: cold },
        note: 'median of 7',
      },
      {
        id: 'opening.shell',
        what: 'JavaScript of the host shell in view mode, gzipped',
        value: shell / 1024,
        unit: 'KB',
        goal: { most: 130 },
      },
      { id: 'opening.remotes', what: "JavaScript of the demo layout's remotes, gzipped", value: remotes / 1024, unit: 'KB' },
    ];
  },

  async overhead({ stack, visitors }) {
    const { panel, bare } = await overhead(stack, visitors);
    return [
      {
        id: 'overhead.panel',
        what: 'loadRemote to connected, one panel',
        value: panel,
        unit: 'ms',
        against: { what: 'the bare runtime', value: bare },
        goal: { most: 1.15 },
        note: 'medians of 15 each, in turns',
      },
    ];
  },

  async elements({ visitors }) {
    const { bare, first, later } = await elements(visitors);
    const against = { what: 'a page without the hooks', value: bare };
    return [
      {
        id: 'elements.first',
        what: "an inner element with a shadow root, by a widget's code",
        value: first,
        unit: 'µs',
        against,
        goal: { most: 1.1 },
        note: 'best of 7 times 5,000, in turns',
      },
      {
        id: 'elements.later',
        what: 'the same of a version whose tag another one has on the page',
        value: later,
        unit: 'µs',
        against,
        note: 'its address is looked for in the stack of each',
      },
    ];
  },

  async switching({ visitors }) {
    const { median, worst, reconnects } = await switching(visitors);
    return [
      {
        id: 'switching.median',
        what: 'switching between two open layouts of 20 panels',
        value: median,
        unit: 'ms',
        goal: { most: 50 },
        note: `click to painted frame, worst ${Math.round(worst)} ms`,
      },
      { id: 'switching.reconnects', what: 'widgets reconnected by those switches', value: reconnects, unit: '', goal: { most: 0 } },
    ];
  },

  async pulling({ visitors }) {
    const [few, many] = [await pulling(visitors, 20), await pulling(visitors, 200)];
    const note = 'medians of 5; half of the panels changed here, the other half there';
    return [
      {
        id: 'pulling.shown',
        what: 'what a pull of 200 panels would change, from asking for it to drawn',
        value: many.shown,
        unit: 'ms',
        against: { what: 'one of 20', value: few.shown },
        note,
      },
      {
        id: 'pulling.pulled',
        what: 'a pull of 200 panels, from saying yes to saved and drawn',
        value: many.pulled,
        unit: 'ms',
        against: { what: 'one of 20', value: few.pulled },
        note,
      },
    ];
  },

  async docking({ visitors }, { compare }) {
    const others: DockName[] = compare ? ['golden', 'dockview'] : ['golden'];
    const shown = await docking(visitors, ['view', 'edit', ...others]);
    const modes = [
      ['view', 'view mode', 1],
      ['edit', 'edit mode', 1.2],
    ] as const;
    const names = { golden: 'golden-layout as it comes', dockview: 'dockview as it comes' } as const;
    return (['golden', ...(compare ? (['dockview'] as const) : [])] as const).flatMap((other) =>
      modes.flatMap(([mode, title, most]) =>
        (['cold', 'again'] as const).map(
          (when): Figure => ({
            id: `docking.${mode}.${when}.${other}`,
            what: when === 'cold' ? `50 panels in ${title}` : `another arrangement of them in ${title}`,
            value: shown[mode]?.[when] ?? Number.NaN,
            unit: 'ms',
            against: { what: names[other], value: shown[other]?.[when] ?? Number.NaN },
            ...(other === 'golden' ? { goal: { most } } : {}),
            note: 'to the painted frame, without widgets; best of 9, in turns',
          }),
        ),
      ),
    );
  },

  async dragging({ visitors }) {
    const { p95, frames } = await dragging(visitors);
    return [
      {
        id: 'dragging.p95',
        what: 'a frame while a splitter between 20 live charts is dragged, p95',
        value: p95,
        unit: 'ms',
        goal: { most: 24 },
        note: `${frames} frames; without a graphics processor`,
      },
    ];
  },
};

const ms = (value: number): string => formatFigure(value, 'ms');
const kilobytes = (bytes: number): string => formatFigure(bytes / 1024, 'KB');

/** Each with services of its own. */
export const alone: Record<string, (options: Pick<Options, 'compare'>) => Promise<Figure[]>> = {
  async resolve({ compare }) {
    const obstacle = compare ? await ocObstacle() : undefined;
    if (obstacle) process.stderr.write(`${OC} is not measured: ${obstacle}\n`);
    const { ours: resolved, express, beside } = await resolve(compare && obstacle === undefined);
    const figures: Figure[] = [
      {
        id: 'resolve.perSecond',
        what: 'resolve of 20 widgets, one process, 32 connections',
        value: resolved.perSecond,
        unit: 'a second',
        against: { what: 'Express sending an object that says the same', value: express.perSecond },
        goal: { least: 0.8 },
        note: `medians of 5 rounds, in turns; answers of ${kilobytes(resolved.bytes)}, failed: ${resolved.failed}; Express asks nobody and reads nothing`,
      },
      {
        id: 'resolve.p99',
        what: 'p99 of that',
        value: resolved.p99,
        unit: 'ms',
        against: { what: 'p50', value: resolved.p50 },
        goal: { most: 3 },
      },
    ];
    if (!beside) return figures;
    const { ours, oc } = beside;
    return [
      ...figures,
      {
        id: 'resolve.perSecond.oc',
        what: 'resolve of 20 widgets of three versions by a range',
        value: ours.perSecond,
        unit: 'a second',
        against: { what: `a batch of 20 components of ${OC}, not rendered`, value: oc.perSecond },
        note:
          `medians of 5 rounds each, in turns, one process, 32 connections; ours asks who calls and answers ${kilobytes(ours.bytes)} (files with hashes, manifests), ` +
          `its store is on the disk; theirs asks nobody and answers ${kilobytes(oc.bytes)} (templates, parameters), its bucket is in memory; failed: ${ours.failed} and ${oc.failed}`,
      },
      { id: 'resolve.p99.oc', what: 'p99 of that', value: ours.p99, unit: 'ms', against: { what: OC, value: oc.p99 } },
    ];
  },

  async edge() {
    const { pin, file } = await throughEdge();
    const line = (id: string, what: string, least: number, { edge, direct, bytes }: Both): Figure => ({
      id: `edge.${id}`,
      what: `${what} through the edge`,
      value: edge.perSecond,
      unit: 'a second',
      against: { what: 'straight from the registry', value: direct.perSecond },
      goal: { least },
      note: `medians of 5 rounds, in turns, 32 connections; answers of ${kilobytes(bytes)}; p99 ${ms(edge.p99)} and ${ms(direct.p99)}, failed: ${edge.failed} and ${direct.failed}`,
    });
    return [line('pin', 'a pin with its layout and what its widgets are', 0.7, pin), line('file', 'a script of a remote', 0.8, file)];
  },

  async library() {
    return [
      {
        id: 'library.p95',
        what: 'first page of the library with 20,000 layouts, p95',
        value: await library(),
        unit: 'ms',
        goal: { most: 100 },
        note: 'slowest of all, company, mine, a word of every title, words of few',
      },
    ];
  },

  async outage() {
    const { away, warm, without } = await outage();
    const note = `medians of three times ${LOADS}, in turns`;
    return [
      {
        id: 'outage.away',
        what: 'the demo layout ready from the service worker, without edge and services',
        value: away,
        unit: 'ms',
        against: { what: 'a warm load', value: warm },
        goal: { most: 1.5 },
        note,
      },
      {
        id: 'outage.warm',
        what: 'a warm load with the service worker',
        value: warm,
        unit: 'ms',
        against: { what: 'one without', value: without },
        goal: { most: 1.05 },
        note,
      },
    ];
  },

  async reconnects() {
    return [
      {
        id: 'reconnects.last',
        what: '3,000 event streams that come back at once, through the edge, until the last knows where it stands',
        value: await reconnects(),
        unit: 'ms',
        goal: { most: 3000 },
      },
    ];
  },

  async pixels() {
    const { durable, unspooled, plain, p99, failed } = await pixels();
    return [
      {
        id: 'pixels.durable',
        what: 'pixels acknowledged durably',
        value: durable,
        unit: 'a second',
        against: { what: 'the spool off', value: unspooled },
        goal: { least: 0.9 },
        note: `medians of 5 rounds, 64 connections, p99 ${Math.round(p99)} ms, failed: ${failed}`,
      },
      {
        id: 'pixels.plain',
        what: 'the same with its sink running',
        value: durable,
        unit: 'a second',
        against: { what: 'plain Node with the same group commit', value: plain },
        goal: { least: 0.5 },
      },
    ];
  },
};
