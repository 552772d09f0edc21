import type { LayoutAnswer } from '@datamesh/contracts';
import { mayEdit, type Person } from './access';
import { type LayoutsContext, layoutFor } from './context';
import { type LayoutRecord, specsIn } from './layout';
import { lineagesOf } from './lineage';
import { upstreamOf } from './upstream';

/** The layout as one person gets it. `wanted`: `resolution`, what its panels run, one item for each different spec; `lineage`, what was copied from what. */
export async function answerOf(
  context: LayoutsContext,
  layout: LayoutRecord,
  person: Person,
  wanted: ReadonlySet<string>,
): Promise<LayoutAnswer> {
  const [told, overlay, upstream, resolution, lineages] = await Promise.all([
    layoutFor(context, layout, person),
    context.personal.overlay(layout.head.id, person.user),
    upstreamOf(context, layout, person),
    wanted.has('resolution') ? context.resolve(specsIn(layout.body)) : null,
    wanted.has('lineage') ? lineagesOf(context, [layout.head], person) : null,
  ]);
  // A save may have taken panels away that somebody had settings for.
  const panels = Object.entries(overlay?.panels ?? {}).filter(([id]) => Object.hasOwn(layout.body.panels, id));
  const editor = mayEdit(layout.head, person);
  return {
    layout: { ...told, ...(editor ? {} : { grants: [] }) },
    mayEdit: editor,
    mine: panels.length > 0 ? { panels: Object.fromEntries(panels) } : null,
    upstream,
    resolution,
    ...(lineages ? { lineage: lineages.get(layout.head.id) } : {}),
  };
}
