import type { User } from '@datamesh/contracts';
import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage, sandboxed } from '../page';
import type { WantedErasure } from './wanted';

export const erasurePath = '/api/v1/session/erasure';

export interface ErasurePages {
  question(wanted: WantedErasure, asker: User, ticket: string): Page;
  done(wanted: WantedErasure): Page;
  refusal(problem: Problem): Page;
}

const css = `
button{margin-top:20px;padding:9px 16px;font:inherit;font-weight:600;color:var(--warn);background:var(--warn-soft);border:1px solid currentColor;border-radius:8px;cursor:pointer}
`;
const unread = { 'referrer-policy': 'no-referrer' };
const home = '<a class="action" href="/">To the dashboard</a>';
const title = 'Forget visits';

export function createErasurePages(publicUrl: string): ErasurePages {
  return {
    question: ({ site, user }, asker, ticket) => {
      const whose =
        user === undefined || user === asker.id ? `your visits, ${escaped(asker.name)},` : `the visits of the user “${escaped(user)}”`;
      return pageOf({
        title,
        body: `<h1>Forget ${user === undefined || user === asker.id ? 'your visits' : 'somebody’s visits'}?</h1>
<p>Everything that was counted of ${whose} on the site “${escaped(site)}” is removed for good, in every store. From then on they count as somebody new.</p>
<form method="post" action="${erasurePath}"><input type="hidden" name="ticket" value="${escaped(ticket)}"><input type="hidden" name="site" value="${escaped(site)}"><input type="hidden" name="user" value="${escaped(user ?? '')}">
<button type="submit">Forget the visits</button></form>
<a class="action" href="/">Keep them</a>`,
        css,
        policy: sandboxed(`${publicUrl}${erasurePath}`),
        headers: unread,
      });
    },
    done: ({ site }) =>
      pageOf({
        title,
        body: `<h1>Forgotten</h1>
<p>The visits to “${escaped(site)}” are removed; the stores follow within seconds.</p>
${home}`,
        policy: ["form-action 'none'", 'sandbox'],
        headers: unread,
      }),
    refusal: (problem) => refusalPage(title, problem),
  };
}
