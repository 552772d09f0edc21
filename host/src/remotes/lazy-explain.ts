import type { explain as Explain } from './explain';
import { tamed, WidgetFailure } from './failure';
import { idOf } from './resolution';

/** As explain.ts, whose code comes when something has failed. Where it does not come, nothing comes: the widget's file did not for the same reason. */
export const explain: typeof Explain = async (widget, stage, thrown) => {
  const cause = tamed(thrown);
  if (cause instanceof WidgetFailure) return cause;
  let code: { explain: typeof Explain };
  try {
    code = await import(/* webpackChunkName: "speech" */ './explain');
  } catch {
    return new WidgetFailure(idOf(widget), stage, 'unavailable', undefined, cause);
  }
  return code.explain(widget, stage, cause);
};
