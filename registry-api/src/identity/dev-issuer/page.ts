import { escaped, type Page, pageOf } from '../page';
import { people } from './people';

const css = `
ul{list-style:none;padding:0;margin-top:20px;display:grid;gap:8px}
button{display:flex;align-items:center;gap:12px;width:100%;padding:12px;font:inherit;text-align:left;color:inherit;background:var(--surface);
border:1px solid var(--line);border-radius:8px;cursor:pointer;transition:background-color 140ms cubic-bezier(.2,0,0,1),border-color 140ms cubic-bezier(.2,0,0,1)}
button:hover{background:var(--surface-2);border-color:var(--line-strong)}
button:active{background:var(--accent-soft);border-color:var(--accent)}
.initials{flex:none;display:grid;place-items:center;width:36px;height:36px;border-radius:50%;background:var(--accent-soft);color:var(--accent);
font-size:12px;font-weight:650;letter-spacing:.02em}
.who{min-width:0;flex:1}
.name{display:block;font-weight:600}
.role{display:block;font-size:13px;color:var(--fg-2)}
.arrow{flex:none;width:16px;height:16px;color:var(--fg-2)}
.note{margin-top:20px;padding:10px 12px;border-radius:8px;background:var(--warn-soft);color:var(--warn);font-size:13px}
@media (prefers-reduced-motion:reduce){button{transition:none}}
`;

/**
 * Forms to this origin only. Referrer-Policy is part of it: with no-referrer a browser would send `Origin: null` along with the
 * form, which the edge refuses.
 */
const page = (title: string, body: string): Page =>
  pageOf({ title, body, css, policy: ["form-action 'self'"], headers: { 'referrer-policy': 'same-origin' } });

const arrow =
  '<svg class="arrow" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6 3.5 10.5 8 6 12.5"/></svg>';

export function choicePage(uid: string): Page {
  const entries = people.map(
    ({ id, name, roleLine }) => `<li><form method="post" action="/oidc/interaction/${escaped(uid)}/${escaped(id)}">
<button type="submit" name="person" value="${escaped(id)}"><span class="initials" aria-hidden="true">${escaped(initials(name))}</span><span class="who"><span class="name">${escaped(name)}</span> <span class="role">${escaped(roleLine)}</span></span>${arrow}</button>
</form></li>`,
  );
  return page(
    'Sign in',
    `<h1>Sign in as</h1>
<p>Four people of the demo company, one click each.</p>
<ul>
${entries.join('\n')}
</ul>
<p class="note">Development sign-in without passwords. It runs on this machine only.</p>`,
  );
}

export const failurePage = (detail: string): Page =>
  page(
    'Sign-in did not work',
    `<h1>Sign-in did not work</h1>
<p>${escaped(detail)}</p>
<a class="action" href="/api/v1/session/sign-in">Sign in again</a>`,
  );

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
