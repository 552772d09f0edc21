import type { Place } from '@datamesh/layout';
import type { Rect } from '../stage';

export type Zone = 'left' | 'right' | 'top' | 'bottom' | 'center';

/** A stack on the screen, in the canvas's pixels. */
export interface Target {
  panels: readonly string[];
  title: string;
  rect: Rect;
}

/** Where a panel would go; `target` is -1 in a layout without panels. */
export interface Spot {
  target: number;
  zone: Zone;
}

/** Within this share of an edge, a stack is split; further in, the panel becomes a tab. */
const EDGE = 0.28;

export function spotAt(targets: readonly Target[], x: number, y: number): Spot | undefined {
  const target = targets.findIndex(({ rect }) => x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height);
  const rect = targets[target]?.rect;
  if (!rect) return undefined;
  const fromEdges: [Zone, number][] = [
    ['left', (x - rect.x) / rect.width],
    ['right', (rect.x + rect.width - x) / rect.width],
    ['top', (y - rect.y) / rect.height],
    ['bottom', (rect.y + rect.height - y) / rect.height],
  ];
  const [nearest] = fromEdges.sort(([, a], [, b]) => a - b);
  return { target, zone: nearest && nearest[1] < EDGE ? nearest[0] : 'center' };
}

const DIRECTION: Record<string, Exclude<Zone, 'center'>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'top', ArrowDown: 'bottom' };
const OPPOSITE = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;

/** An arrow goes to that side of the stack, and from there into the next stack; the opposite arrow goes back. */
export function spotAfterKey(key: string, spot: Spot, targets: readonly Target[]): Spot {
  const direction = DIRECTION[key];
  const from = targets[spot.target];
  if (!direction || !from) return spot;
  if (spot.zone !== 'center' && spot.zone === OPPOSITE[direction]) return { ...spot, zone: 'center' };
  if (spot.zone !== direction) return { ...spot, zone: direction };
  const next = nextTarget(targets, from.rect, direction);
  return next < 0 ? spot : { target: next, zone: OPPOSITE[direction] };
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

export function rectOf({ zone }: Spot, { x, y, width, height }: Rect): Rect {
  switch (zone) {
    case 'left':
      return { x, y, width: width / 2, height };
    case 'right':
      return { x: x + width / 2, y, width: width / 2, height };
    case 'top':
      return { x, y, width, height: height / 2 };
    case 'bottom':
      return { x, y: y + height / 2, width, height: height / 2 };
    case 'center':
      return { x, y, width, height };
  }
}

export function placeOf(spot: Spot, targets: readonly Target[]): Place {
  const panel = targets[spot.target]?.panels[0];
  if (panel === undefined) return { at: 'end' };
  return spot.zone === 'center' ? { into: panel } : { beside: panel, side: spot.zone };
}

export function wordsOf(spot: Spot, targets: readonly Target[]): string {
  const target = targets[spot.target];
  if (!target) return 'Fill the layout';
  if (spot.zone === 'center') return `Add as a tab to ${target.title}`;
  const side = { left: 'left of', right: 'right of', top: 'above', bottom: 'below' }[spot.zone];
  return `Place ${side} ${target.title}`;
}
