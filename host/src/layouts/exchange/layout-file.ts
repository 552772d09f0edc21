import type { LayoutContent } from '@datamesh/contracts';
import { layoutFile } from '@datamesh/layout';
import { saveFile } from './save-file';

export const downloadLayout = (content: LayoutContent): void =>
  saveFile(`${content.title}.layout.json`, new Blob([layoutFile(content)], { type: 'application/json' }));
