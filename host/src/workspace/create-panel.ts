import type { Panel, WidgetSummary } from '@datamesh/contracts';

/** A panel as it is when its widget has just been added: it follows `stable`, where the widget has that. */
export const createPanel = ({ name, channels }: Pick<WidgetSummary, 'name' | 'channels'>): Panel => ({
  widget: `${name}@${channels['stable'] ? 'stable' : 'latest'}`,
  title: null,
  settings: {},
  channel: null,
  direction: 'both',
});
