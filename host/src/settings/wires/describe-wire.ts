import type { PanelBinding } from '@datamesh/contracts';
import { i18n } from '../../language/i18n';

/** Of the panel that it sets, as one sentence. `label`: what is set, as people know it. */
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

/** Of the panel that it comes from, as one sentence. `target`: title of the panel that it sets. */
export function describeWireFrom({ context, event, take, setting, attribute }: PanelBinding, target: string, label?: string): string {
  const what = label ?? setting ?? attribute;
  return event === undefined
    ? i18n.t('When it says {context}, its {take} sets {what} of {panel}.', { context, take, what, panel: target })
    : i18n.t('When it fires {event}, its {take} sets {what} of {panel}.', { event, take, what, panel: target });
}
