import type { WidgetManifest } from '@datamesh/contracts';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { isResolution } from '../../remotes/resolution';

/** As the panel is called on the screen. */
export const titleIn = (open: OpenLayout, panel: string): string => open.workspace.panels().find(({ id }) => id === panel)?.title ?? panel;

/** Of the widget in a panel, as far as it is known. */
export function manifestOf(controller: DashboardController, open: OpenLayout, panel: string): WidgetManifest | null {
  const known = controller.resolutions.peek(open.session.state.content.panels[panel]?.widget ?? '');
  return known && isResolution(known) ? known.widget : null;
}
