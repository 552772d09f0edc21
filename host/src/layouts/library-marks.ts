import { api, ask } from '../api/client';

const at = (layout: string) => ({ params: { path: { layout } } });

/** That one looks at it now, for the library's *Recent*. */
export const noteOpened = async (layout: string): Promise<void> => void (await ask(api.PUT('/layouts/{layout}/opened', at(layout))));

export const setStar = async (layout: string, starred: boolean): Promise<void> =>
  void (await ask(starred ? api.PUT('/layouts/{layout}/star', at(layout)) : api.DELETE('/layouts/{layout}/star', at(layout))));

/** Out of the bin. */
export const restoreLayout = async (layout: string): Promise<void> => void (await ask(api.POST('/layouts/{layout}/restore', at(layout))));

/** What is in the bin, with its history; nothing brings it back. */
export const removeForEver = async (layout: string): Promise<void> =>
  void (await ask(api.DELETE('/layouts/{layout}', { params: { path: { layout }, query: { forever: true } } })));
