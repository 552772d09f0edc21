import type { Language } from '@datamesh/service';
import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage } from '../page';
import { type TokenWords, tokenWords } from './page-words';
import { newTokenPath, tokenListPath } from './refusal';
import type { GivenToken, TokenRecord } from './token';

/** Each in the language of whoever looks at it. */
export interface TokenPages {
  /** One form for what publishes, one for what keeps layouts; a list that is empty has none. */
  form(language: Language, teams: readonly string[], departments: readonly string[], given: GivenToken): Page;
  secret(language: Language, token: TokenRecord, secret: string): Page;
  refusal(language: Language, problem: Problem): Page;
}

const css = `
main{max-width:520px}
form{margin-top:20px;display:grid;gap:16px}
label{display:grid;gap:6px;font-size:13px;font-weight:600}
select,input{width:100%;padding:9px 12px;font:inherit;font-size:15px;font-weight:400;color:inherit;background:var(--surface);
border:1px solid var(--line-strong);border-radius:8px}
.hint{font-weight:400;color:var(--fg-2)}
h2{margin-top:24px;font-size:16px;line-height:1.3}
button{justify-self:start;padding:9px 16px;font:inherit;font-weight:600;color:var(--accent-fg);background:var(--accent);border:0;border-radius:8px;cursor:pointer}
code.copy{display:block;margin-top:12px;padding:10px 12px;background:var(--surface-2);border:1px solid var(--line);border-radius:8px;
overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.step{margin-top:20px}
.note{margin-top:20px;padding:10px 12px;border-radius:8px;background:var(--warn-soft);color:var(--warn);font-size:13px}
`;

const unread = { 'referrer-policy': 'no-referrer' };

export function createTokenPages({ publicUrl, issuer }: { publicUrl: string; issuer: string }): TokenPages {
  return {
    form: (language, teams, departments, given) => {
      const words = tokenWords[language];
      return pageOf({
        language,
        title: words.make,
        body: `<h1>${words.make}</h1>
<p>${words.signInAgain}</p>
${teams.length === 0 || given.department ? '' : formFor('team', words, teams, given)}
${departments.length === 0 || given.team ? '' : formFor('department', words, departments, given)}`,
        css,
        // Browsers hold redirects against this as well, and the answer redirects to the issuer, which may redirect to others.
        policy: [`form-action 'self' https: ${new URL(issuer).origin}`],
        headers: unread,
      });
    },

    secret: (language, token, secret) => {
      const words = tokenWords[language];
      const { name, team, department, expiresAt } = token;
      const kind = words[department === null ? 'team' : 'department'];
      const whose = kind.whose(escaped(department ?? team ?? ''));
      return pageOf({
        language,
        title: kind.yours,
        body: `<h1>${kind.yours}</h1>
<p>${words.shownOnce(escaped(name), whose, escaped(expiresAt.slice(0, 10)))}</p>
<code class="copy">${escaped(secret)}</code>
<p class="step">${kind.login}</p>
<code class="copy">npx --no datamesh login --url ${escaped(publicUrl)}</code>
<p class="step">${kind.next}</p>
<code class="copy">${commandFor(token)}</code>
<p class="note">${words.inCi(escaped(publicUrl))}</p>
<p class="note">${kind.warning}</p>
<a class="action" href="${tokenListPath}">${words.yours}</a> <a class="action" href="/">${words.home}</a>`,
        css,
        // An origin of its own: a page of ours that opened this one, widgets and all, cannot read it. No Cross-Origin-Opener-Policy
        // beside it: HTML makes a sandboxed page with one a network error, and the dashboard's own already parts the two windows.
        policy: ["form-action 'none'", 'sandbox'],
        headers: unread,
      });
    },

    refusal: (language, problem) => refusalPage(language, tokenWords[language].refused, problem),
  };
}

const formFor = (field: 'team' | 'department', words: TokenWords, choices: readonly string[], given: GivenToken): string =>
  `<h2>${words[field].heading}</h2><p>${words[field].purpose}</p><form method="get" action="${newTokenPath}">
<label>${words[field].field} <select name="${field}" required>${choices.map((one) => option(one, one === given[field])).join('')}</select></label>
<label>${words.name} <input name="name" required maxlength="100" autocomplete="off" placeholder="${field === 'team' ? 'laptop' : 'CI'}" value="${escaped(given.name ?? '')}"><span class="hint">${words.hint}</span></label>
<label>${words.days} <input name="days" type="number" required min="1" max="365" value="${given.days}"></label>
<button type="submit">${words.create}</button>
</form>`;

const option = (choice: string, selected: boolean): string => `<option${selected ? ' selected' : ''}>${escaped(choice)}</option>`;

const commandFor = ({ department }: TokenRecord): string =>
  department === null
    ? 'npx --no datamesh publish . --promote stable'
    : `npx --no datamesh layouts pull ${escaped(department)} --department ${escaped(department)}`;
