/** What people call layouts and panels, for whoever shows figures about them. */
import type { LayoutTitles } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import { mayDelete, mayView, personOf } from './access';
import type { LayoutsContext } from './context';
import type { LayoutRecord } from './layout';

export const createTitlesRoute =
  ({ layouts }: Pick<LayoutsContext, 'layouts'>): RequestHandler =>
  async (req, res) => {
    const person = personOf(req.caller);
    // An array, by the contract.
    const ids = new Set(req.query['id'] as string[]);
    const withTree = req.query['include'] === 'tree';
    const find = async (id: string): Promise<LayoutRecord | undefined> => {
      const found = await layouts.find(id);
      if (found || !withTree) return found && mayView(found.head, person) ? found : undefined;
      const binned = await layouts.findBinned(id);
      return binned && mayDelete(binned.head, person) ? binned : undefined;
    };
    const found = await Promise.all([...ids].map(find));
    res.json({
      items: found.flatMap((layout) => (layout ? [{ ...titlesOf(layout), ...(withTree ? { tree: layout.body.tree } : {}) }] : [])),
    });
  };

const titlesOf = ({ head, body }: LayoutRecord): LayoutTitles => ({
  id: head.id,
  title: head.title,
  panels: Object.fromEntries(
    Object.entries(body.panels).map(([id, { title, widget }]) => [id, { title: title ?? null, widget: widget.split('@')[0] ?? widget }]),
  ),
});
