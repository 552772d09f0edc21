import { LayoutActions } from './layout-actions';
import type { OpenDashboard } from './open-dashboard';
import { PanelClipboard } from './panel-clipboard';
import { Printing } from './print/printing';

/** What a person does with what is open. Looking needs none of it: its code comes after the first picture. */
export const createActions = (dashboard: OpenDashboard) => ({
  layout: new LayoutActions(dashboard),
  clipboard: new PanelClipboard(dashboard),
  printing: new Printing(dashboard),
});
