import type { PanelBinding } from '@datamesh/contracts';

/** As one sentence. `label`: what is set, as people know it. */
export function wireInWords(
  { from, context, event, take, setting, attribute }: PanelBinding,
  titleOf: (panel: string) => string,
  label?: string,
): string {
  const when = event === undefined ? `says ${context}` : `fires ${event}`;
  return `When ${titleOf(from)} ${when}, its ${take} sets ${label ?? setting ?? attribute} here.`;
}
