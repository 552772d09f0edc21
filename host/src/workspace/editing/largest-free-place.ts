import type { LayoutContent } from '@datamesh/contracts';
import { arrange, type Place } from '@datamesh/layout';

/** Where a new panel gets most room: beside or below the largest stack, whichever leaves better proportions. */
export function largestFreePlace(content: LayoutContent, size: { width: number; height: number }): Place {
  const { stacks } = arrange(content.tree, size);
  const [largest] = [...stacks].sort((a, b) => b.rect.width * b.rect.height - a.rect.width * a.rect.height);
  const beside = largest?.panels[0];
  if (!largest || beside === undefined) return { at: 'end' };
  return { beside, side: largest.rect.width >= largest.rect.height * 1.2 ? 'right' : 'bottom' };
}
