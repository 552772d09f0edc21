import type { PanelBinding } from '@datamesh/contracts';
import { i18n } from '../../language/i18n';

/** As one sentence. `label`: what is set, as people know it. */
export function describeWire(
  { from, context, event, take, setting, attribute }: PanelBinding,
  titleOf: (panel: string) => string,
  label?: string,
): string {
  const [panel, what] = [titleOf(from), label ?? setting ?? attribute];
  return event === undefined
    ? i18n.t('When {panel} says {context}, its {take} sets {what} here.', { panel, context, take, what })
    : i18n.t('When {panel} fires {event}, its {take} sets {what} here.', { panel, event, take, what });
}
