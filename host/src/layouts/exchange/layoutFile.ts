import type { LayoutContent } from '@datamesh/contracts';
import { layoutFile } from '@datamesh/layout';

/** Into the browser's downloads; the browser makes of the title what its system takes as a name. */
export function downloadLayout(content: LayoutContent): void {
  const address = URL.createObjectURL(new Blob([layoutFile(content)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${content.title}.layout.json`;
  link.click();
  // The browser has taken it by then, however busy it is.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
