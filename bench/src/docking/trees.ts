/** The layouts that every dock shows: as many panels, side by side, and the same ones arranged the other way round. */
import type { LayoutNode } from '@datamesh/contracts';

export const PANELS = 50;

const ids = Array.from({ length: PANELS }, (_, n) => `p${n}`);

/** Rows of `across` panels each, one below the other. */
export function rows(across: number): LayoutNode {
  const down = PANELS / across;
  return {
    type: 'column',
    children: Array.from({ length: down }, (_, row) => ({
      size: 1 / down,
      node: {
        type: 'row',
        children: ids
          .slice(row * across, (row + 1) * across)
          .map((id) => ({ size: 1 / across, node: { type: 'stack', active: 0, panels: [id] } })),
      },
    })),
  };
}
