import type { Overlay, ResolutionItem } from '@datamesh/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { problem } from '../http/problem';
import { boundedRun, TookTooLong } from '../widgets/bounded-run';
import type { LayoutBody } from './layout';

/** Compiled settings schemas of versions; a version never changes. */
const mostCompiled = 500;

/**
 * Refuses an overlay that names panels which the layout does not have, or settings that the panel's widget would not take.
 * Settings of a widget that does not resolve just now pass: the person did not break it.
 */
export function overlayCheck(
  resolve: (specs: string[]) => Promise<ResolutionItem[]>,
): (overlay: Overlay, body: LayoutBody) => Promise<void> {
  const compiled = new Map<string, ValidateFunction | null>();

  function validatorOf(item: ResolutionItem): ValidateFunction | null {
    if ('error' in item) return null;
    const key = `${item.name}@${item.version}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const { settings } = item.widget;
    // The schema was compiled once with these options when it was published.
    const validate = settings
      ? new Ajv2020({ strict: false, allErrors: true, validateFormats: false, useDefaults: true, logger: false }).compile(settings)
      : null;
    if (compiled.size >= mostCompiled) compiled.clear();
    compiled.set(key, validate);
    return validate;
  }

  return async (overlay, body) => {
    const ids = Object.keys(overlay.panels);
    const strangers = ids.filter((id) => !Object.hasOwn(body.panels, id));
    if (strangers.length > 0)
      throw problem(422, 'panel_unknown', 'The layout has no such panel; load it again', {
        errors: strangers.map((id) => ({ path: `/panels/${id}`, message: `there is no panel "${id}"` })),
      });
    const specs = [...new Set(ids.flatMap((id) => body.panels[id]?.widget ?? []))];
    const items = new Map((await resolve(specs)).map((item) => [item.spec, item]));
    const errors = ids.flatMap((id) => {
      const panel = body.panels[id];
      const item = panel && items.get(panel.widget);
      const validate = item && validatorOf(item);
      if (!validate) return [];
      const merged = structuredClone({ ...panel.settings, ...overlay.panels[id]?.settings });
      if (holds(validate, merged, id)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => ({
        path: `/panels/${id}/settings${instancePath}`,
        message: message ?? 'is not valid',
      }));
    });
    if (errors.length > 0) throw problem(422, 'settings_invalid', 'The widget does not take these settings', { errors });
  };
}

/** The schema is the widget's and the value anybody's: together they may take for ever. */
function holds(validate: ValidateFunction, settings: unknown, panel: string): boolean {
  try {
    return boundedRun(() => validate(settings));
  } catch (error) {
    if (!(error instanceof TookTooLong) && !(error instanceof RangeError)) throw error;
    throw problem(422, 'settings_invalid', 'The widget’s own rules for its settings take too long to check', {
      errors: [{ path: `/panels/${panel}/settings`, message: 'could not be checked' }],
    });
  }
}
