import type { Language } from '@datamesh/service';
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
const page = (language: Language, title: string, body: string): Page =>
  pageOf({ language, title, body, css, policy: ["form-action 'self'"], headers: { 'referrer-policy': 'same-origin' } });

const arrow =
  '<svg class="arrow" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6 3.5 10.5 8 6 12.5"/></svg>';

const WORDS = {
  en: {
    signIn: 'Sign in',
    as: 'Sign in as',
    who: 'Four people of the demo company, one click each.',
    note: 'Development sign-in without passwords. It runs on this machine only.',
    failed: 'Sign-in did not work',
    again: 'Sign in again',
    over: 'This sign-in is over, or began in another browser.',
    nobody: 'There is nobody of that name in the demo company.',
  },
  de: {
    signIn: 'Anmelden',
    as: 'Anmelden als',
    who: 'Vier Personen der Demo-Firma, ein Klick genügt.',
    note: 'Anmeldung für die Entwicklung, ohne Passwörter. Sie läuft nur auf diesem Rechner.',
    failed: 'Die Anmeldung hat nicht geklappt',
    again: 'Erneut anmelden',
    over: 'Diese Anmeldung ist abgelaufen, oder sie begann in einem anderen Browser.',
    nobody: 'In der Demo-Firma gibt es niemanden dieses Namens.',
  },
} satisfies Record<Language, Record<string, string>>;

export function choicePage(language: Language, uid: string): Page {
  const words = WORDS[language];
  const entries = people.map(
    ({ id, name, roleLine }) => `<li><form method="post" action="/oidc/interaction/${escaped(uid)}/${escaped(id)}">
<button type="submit" name="person" value="${escaped(id)}"><span class="initials" aria-hidden="true">${escaped(initials(name))}</span><span class="who"><span class="name">${escaped(name)}</span> <span class="role">${escaped(roleLine[language])}</span></span>${arrow}</button>
</form></li>`,
  );
  return page(
    language,
    words.signIn,
    `<h1>${words.as}</h1>
<p>${words.who}</p>
<ul>
${entries.join('\n')}
</ul>
<p class="note">${words.note}</p>`,
  );
}

/** `why`: one of those that it has words for, or what the issuer's library says, in English. */
export function failurePage(language: Language, why: 'over' | 'nobody' | { said: string }): Page {
  const words = WORDS[language];
  return page(
    language,
    words.failed,
    `<h1>${words.failed}</h1>
<p>${escaped(typeof why === 'string' ? words[why] : why.said)}</p>
<a class="action" href="/api/v1/session/sign-in">${words.again}</a>`,
  );
}

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
