/** What axe finds in the widget: WCAG 2.2 A and AA, and the practices that axe calls best. Fetched when somebody asks for it. */
import type { AxeResults, RunOptions } from 'axe-core';

export interface Finding {
  rule: string;
  /** `critical`, `serious`, `moderate` or `minor`. */
  impact: string;
  says: string;
  /** A page that explains the rule. */
  help: string;
  /** From the widget inwards, through shadow roots. */
  element: string;
}

export interface Findings {
  /** The worst first. */
  items: readonly Finding[];
  /** Of axe. */
  version: string;
}

const IMPACTS = ['critical', 'serious', 'moderate', 'minor'];
const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
  // It would fetch style sheets once more.
  preload: false,
};

let last: Promise<unknown> = Promise.resolve();

/** Of the element and all in it. One after the other: axe looks at one thing at a time. */
export function findingsIn(element: Element): Promise<Findings> {
  const look = last.then(() => findings(element));
  last = look.catch(() => undefined);
  return look;
}

async function findings(element: Element): Promise<Findings> {
  const [{ default: axe }] = await Promise.all([import('axe-core'), settled()]);
  return found(await axe.run(element, OPTIONS), axe.version);
}

/** Whatever fades is judged by what it becomes; what changed just now begins to fade with the next frame. */
async function settled(): Promise<void> {
  await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

const rank = ({ impact }: Finding): number => IMPACTS.indexOf(impact);

function found({ violations }: AxeResults, version: string): Findings {
  const items = violations.flatMap(({ id, impact, help, helpUrl, nodes }) =>
    nodes.map(({ target, impact: own }) => ({
      rule: id,
      impact: own ?? impact ?? 'minor',
      says: help,
      help: helpUrl,
      element: target.flat().join(' › '),
    })),
  );
  return { items: items.sort((a, b) => rank(a) - rank(b)), version };
}
