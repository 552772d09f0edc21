import type { LayoutContent, PanelsFile } from '@datamesh/contracts';
import { copyPanels, type PanelGroup } from '@datamesh/layout';

export interface CopiedPanels extends PanelGroup {
  /** Of the layout that they come from. */
  layout?: string;
}

/** Panels as text for the clipboard: JSON that says what it is. */
export function panelsText(layout: string, content: LayoutContent, ids: readonly string[]): string {
  const file: PanelsFile = { kind: 'datamesh.panels', version: 1, layout, ...copyPanels(content, ids) };
  return JSON.stringify(file, null, 2);
}
