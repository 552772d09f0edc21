import { api, ask } from '../api/client';

/** As many as one answer holds. */
const PAGE = 200;
/** Characters, by the contract. */
export const LONGEST_SEARCH = 120;

/** Titles of layouts one may see that have the words of this one, those of the newest layouts first. Throws ApiProblem. */
export async function titlesLike(title: string): Promise<string[]> {
  const q = [...title].slice(0, LONGEST_SEARCH).join('');
  const { items } = await ask(api.GET('/layouts', { params: { query: { q, limit: PAGE } } }));
  return items.map((layout) => layout.title);
}
