/** What people call layouts and panels, for whoever shows figures about them. */
import type { LayoutTitles } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { mayView, personOf } from './access';
import type { LayoutsContext } from './context';
import type { LayoutRecord } from './layout';

export const createTitlesRoute =
  ({ layouts }: Pick<LayoutsContext, 'layouts'>): RequestHandler =>
  async (req, res) => {
    const person = personOf(req.caller);
    // An array, by the contract.
    const ids = new Set(req.query['id'] as string[]);
    const found = await Promise.all([...ids].map((id) => layouts.find(id)));
    const withTree = req.query['include'] === 'tree';
    res.json({
      items: found.flatMap((layout) =>
        layout && mayView(layout.head, person) ? [{ ...titlesOf(layout), ...(withTree ? { tree: layout.body.tree } : {}) }] : [],
      ),
    });
  };

const titlesOf = ({ head, body }: LayoutRecord): LayoutTitles => ({
  id: head.id,
  title: head.title,
  panels: Object.fromEntries(
    Object.entries(body.panels).map(([id, { title, widget }]) => [id, { title: title ?? null, widget: widget.split('@')[0] ?? widget }]),
  ),
});
