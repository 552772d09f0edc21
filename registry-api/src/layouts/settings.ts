import type { Overlay, ResolutionItem } from '@datamesh/contracts';
import type { Schema } from '@datamesh/contracts/settings';
import { type Problem, problem } from '../http/problem';
import { type Pool, Starved, TooCostly } from '../workers/pool';
import type { LayoutBody } from './layout';
import type { CheckedPanels, PanelsToCheck } from './panel-settings';

/** For all panels of one request: steps as Budget counts them, and milliseconds in case it counts wrong. */
const most = { steps: 5_000_000, milliseconds: 20_000 };

/**
 * Refuses an overlay that names panels which the layout does not have, or settings that the panel's widget would not take.
 * Settings of a widget that does not resolve just now pass: the person did not break it. Schemas are publishers' and values
 * anybody's, so the checking is done in a thread, within one budget for the whole request.
 */
export function overlayCheck(
  resolve: (specs: string[]) => Promise<ResolutionItem[]>,
  pool: Pool,
): (overlay: Overlay, body: LayoutBody) => Promise<void> {
  return async (overlay, body) => {
    const ids = Object.keys(overlay.panels);
    const strangers = ids.filter((id) => !Object.hasOwn(body.panels, id));
    if (strangers.length > 0)
      throw problem(422, 'panel_unknown', 'The layout has no such panel; load it again', {
        errors: strangers.map((id) => ({ path: `/panels/${id}`, message: `there is no panel "${id}"` })),
      });
    const specs = [...new Set(ids.flatMap((id) => body.panels[id]?.widget ?? []))];
    const items = new Map((await resolve(specs)).map((item) => [item.spec, item]));
    const work: PanelsToCheck = { schemas: {}, panels: [], steps: most.steps };
    for (const id of ids) {
      const panel = body.panels[id];
      const item = panel && items.get(panel.widget);
      if (!item || 'error' in item || !item.widget.settings) continue;
      const version = `${item.name}@${item.version}`;
      work.schemas[version] = item.widget.settings as Schema;
      work.panels.push({ id, version, settings: { ...panel.settings, ...overlay.panels[id]?.settings } });
    }
    if (work.panels.length === 0) return;
    const { errors, tooMuch } = await checkedIn(pool, work);
    if (tooMuch !== null) throw tooLong(tooMuch);
    if (errors.length > 0) throw problem(422, 'settings_invalid', 'The widget does not take these settings', { errors });
  };
}

async function checkedIn(pool: Pool, work: PanelsToCheck): Promise<CheckedPanels> {
  try {
    return await pool.run<CheckedPanels>('checkPanels', work, most.milliseconds);
  } catch (error) {
    if (error instanceof Starved) throw tooBusy('The registry is too busy to check these settings now; save again in a moment');
    if (!(error instanceof TooCostly)) throw error;
    throw tooLong(work.panels[0]?.id ?? '');
  }
}

export const tooBusy = (detail: string): Problem => problem(503, 'too_busy', detail, { headers: { 'retry-after': '10' } });

const tooLong = (panel: string): Problem =>
  problem(422, 'settings_invalid', 'Checking these settings by the widgets’ own rules takes too long; set less at once', {
    errors: [{ path: `/panels/${panel}/settings`, message: 'could not be checked' }],
  });
