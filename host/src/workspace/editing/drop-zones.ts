import type { Place } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import { GAP, HEAD, type Rect } from '../arranger';

export type Zone = 'left' | 'right' | 'top' | 'bottom' | 'center';

/** A stack on the screen, in the canvas's pixels. */
export interface Target {
  panels: readonly string[];
  title: string;
  rect: Rect;
  /** Its tabs as they stand; a stack without any has only a title. */
  tabs?: readonly { panel: string; rect: Rect }[];
}

/** Where a panel would go. `target` is -1 for the whole: along one of its edges, or all of it in a layout without panels. */
export interface Spot {
  target: number;
  zone: Zone;
  /** In front of which tab of the others, while the pointer is on the strip of tabs. */
  index?: number;
}

export interface Pointing {
  targets: readonly Target[];
  /** Of the canvas. */
  size: { width: number; height: number };
  /** What is being moved, if it is in the layout already. */
  panel?: string | undefined;
}

/** Within this share of an edge, a stack is split; further in, the panel becomes a tab. */
const EDGE = 0.28;
/** So near to an edge of the whole (pixels), a panel goes along all of it. */
const RIM = 14;
/** Between stacks the nearest one is meant. */
const REACH = GAP / 2;

/** undefined where a panel cannot be dropped, or would only come back to where it is. */
export function spotAt({ targets, size, panel }: Pointing, x: number, y: number): Spot | undefined {
  // The canvas has a margin as wide as a gap: it still belongs to the edge.
  if (x < -GAP || y < -GAP || x >= size.width + GAP || y >= size.height + GAP) return undefined;
  if (targets.length === 0) return { target: -1, zone: 'center' };
  const target = targets.findIndex(
    ({ rect }) => x >= rect.x - REACH && x < rect.x + rect.width + REACH && y >= rect.y - REACH && y < rect.y + rect.height + REACH,
  );
  const at = targets[target];
  const strip = at?.tabs && y >= at.rect.y + RIM / 2 && y < at.rect.y + HEAD;
  const rim = targets.length > 1 && !strip ? rimAt(size, x, y) : undefined;
  if (rim) return { target: -1, zone: rim };
  if (!at || isAlone(at.panels, panel)) return undefined;
  if (strip) return onStrip(at, target, panel, x);
  const { rect } = at;
  const fromEdges: [Zone, number][] = [
    ['left', (x - rect.x) / rect.width],
    ['right', (rect.x + rect.width - x) / rect.width],
    ['top', (y - rect.y) / rect.height],
    ['bottom', (rect.y + rect.height - y) / rect.height],
  ];
  const [nearest] = fromEdges.sort(([, a], [, b]) => a - b);
  if (nearest && nearest[1] < EDGE) return { target, zone: nearest[0] };
  return panel !== undefined && at.panels.includes(panel) ? undefined : { target, zone: 'center' };
}

const isAlone = (panels: readonly string[], panel: string | undefined): boolean => panels.length === 1 && panels[0] === panel;

function rimAt({ width, height }: Pointing['size'], x: number, y: number): Exclude<Zone, 'center'> | undefined {
  if (x < RIM) return 'left';
  if (x >= width - RIM) return 'right';
  if (y >= height - RIM) return 'bottom';
  // Along the top there are strips of tabs: only the very edge is the whole's.
  return y < RIM / 2 ? 'top' : undefined;
}

function onStrip({ tabs = [], panels }: Target, target: number, panel: string | undefined, x: number): Spot | undefined {
  const others = tabs.filter((tab) => tab.panel !== panel);
  const index = others.filter(({ rect }) => x >= rect.x + rect.width / 2).length;
  return panel !== undefined && panels.indexOf(panel) === index ? undefined : { target, zone: 'center', index };
}

/** Where the line goes that shows between which tabs; undefined for any other spot. */
export function insertionAt({ target, index }: Spot, { targets, panel }: Pointing): Rect | undefined {
  const at = targets[target];
  if (index === undefined || !at?.tabs) return undefined;
  const others = at.tabs.filter((tab) => tab.panel !== panel);
  const after = others[index - 1]?.rect;
  const x = after ? after.x + after.width : (others[index]?.rect.x ?? at.rect.x);
  return { x: Math.min(Math.max(x, at.rect.x), at.rect.x + at.rect.width) - 1, y: at.rect.y + 4, width: 2, height: HEAD - 8 };
}

const DIRECTION: Record<string, Exclude<Zone, 'center'>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'top', ArrowDown: 'bottom' };
const OPPOSITE = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;

/** An arrow goes to that side of the stack, and from there into the next stack; the opposite arrow goes back. */
export function spotAfterKey(key: string, spot: Spot, targets: readonly Target[]): Spot {
  const direction = DIRECTION[key];
  if (!direction) return spot;
  if (spot.target < 0) return spotFromEdge(direction, spot, targets);
  const from = targets[spot.target];
  if (!from) return spot;
  if (spot.zone !== 'center' && spot.zone === OPPOSITE[direction]) return { ...spot, zone: 'center' };
  if (spot.zone !== direction) return { ...spot, zone: direction };
  const next = nextTarget(targets, from.rect, direction);
  if (next >= 0) return { target: next, zone: OPPOSITE[direction] };
  return targets.length > 1 ? { target: -1, zone: direction } : spot;
}

/** From an edge of the whole: to another one, or back to the stack that stands there. */
function spotFromEdge(direction: Exclude<Zone, 'center'>, { zone, target }: Spot, targets: readonly Target[]): Spot {
  if (zone === 'center') return { zone, target };
  if (OPPOSITE[direction] !== zone) return { target: -1, zone: direction };
  const distance = ({ rect }: Target): number =>
    zone === 'left' ? rect.x : zone === 'top' ? rect.y : zone === 'right' ? -(rect.x + rect.width) : -(rect.y + rect.height);
  const nearest = targets.reduce((best, other, index) => {
    const known = targets[best];
    return known && distance(known) <= distance(other) ? best : index;
  }, 0);
  return { target: nearest, zone };
}

function nextTarget(targets: readonly Target[], from: Rect, direction: Exclude<Zone, 'center'>): number {
  const gap = ({ rect }: Target): number =>
    direction === 'right'
      ? rect.x - (from.x + from.width)
      : direction === 'left'
        ? from.x - (rect.x + rect.width)
        : direction === 'bottom'
          ? rect.y - (from.y + from.height)
          : from.y - (rect.y + rect.height);
  const away = ({ rect }: Target): number =>
    direction === 'left' || direction === 'right'
      ? Math.abs(rect.y + rect.height / 2 - from.y - from.height / 2)
      : Math.abs(rect.x + rect.width / 2 - from.x - from.width / 2);
  let best = -1;
  for (const [index, target] of targets.entries()) {
    if (gap(target) < -1) continue;
    const known = targets[best];
    if (!known || gap(target) < gap(known) - 1 || (gap(target) <= gap(known) + 1 && away(target) < away(known))) best = index;
  }
  return best;
}

export function rectOf({ zone, target, index }: Spot, { x, y, width, height }: Rect): Rect {
  // Among the tabs, they have to be seen.
  if (index !== undefined) return { x, y: y + HEAD, width, height: Math.max(0, height - HEAD) };
  // As the layout will share it: half of a stack, a third of the whole.
  const share = target < 0 ? 1 / 3 : 1 / 2;
  switch (zone) {
    case 'left':
      return { x, y, width: width * share, height };
    case 'right':
      return { x: x + width * (1 - share), y, width: width * share, height };
    case 'top':
      return { x, y, width, height: height * share };
    case 'bottom':
      return { x, y: y + height * (1 - share), width, height: height * share };
    case 'center':
      return { x, y, width, height };
  }
}

export function placeOf(spot: Spot, targets: readonly Target[]): Place {
  const target = targets[spot.target];
  const panel = target?.panels[0];
  if (panel === undefined) return spot.zone === 'center' ? { at: 'end' } : { edge: spot.zone };
  if (spot.zone !== 'center') return { beside: panel, side: spot.zone };
  return spot.index === undefined ? { into: panel } : { into: panel, index: spot.index };
}

export function wordsOf(spot: Spot, targets: readonly Target[]): string {
  const target = targets[spot.target];
  if (!target) return spot.zone === 'center' ? i18n.t('Fill the layout') : alongEdge(spot.zone);
  if (spot.zone === 'center') return i18n.t('Add as a tab to {title}', { title: target.title });
  return {
    left: i18n.t('Place left of {title}', { title: target.title }),
    right: i18n.t('Place right of {title}', { title: target.title }),
    top: i18n.t('Place above {title}', { title: target.title }),
    bottom: i18n.t('Place below {title}', { title: target.title }),
  }[spot.zone];
}

const alongEdge = (edge: 'left' | 'right' | 'top' | 'bottom'): string =>
  ({
    left: i18n.t('Place along the left edge'),
    right: i18n.t('Place along the right edge'),
    top: i18n.t('Place along the top edge'),
    bottom: i18n.t('Place along the bottom edge'),
  })[edge];
