import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage } from '../page';
import { newTokenPath, tokenListPath } from './refusal';
import type { GivenToken, TokenRecord } from './token';

export interface TokenPages {
  /** One form for what publishes, one for what keeps layouts; a list that is empty has none. */
  form(teams: readonly string[], departments: readonly string[], given: GivenToken): Page;
  secret(token: TokenRecord, secret: string): Page;
  refusal(problem: Problem): Page;
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
const home = '<a class="action" href="/">To the dashboard</a>';

export function createTokenPages({ publicUrl, issuer }: { publicUrl: string; issuer: string }): TokenPages {
  return {
    form: (teams, departments, given) =>
      pageOf({
        language: 'en',
        title: 'New token',
        body: `<h1>New token</h1>
<p>You sign in once more for it.</p>
${teams.length === 0 || given.department ? '' : `<h2>Publish widgets</h2><p>In the name of a team of yours.</p>${formFor('team', 'Team', teams, given)}`}
${departments.length === 0 || given.team ? '' : `<h2>Keep layouts in git</h2><p>Read and save what a department pins (<code>datamesh layouts</code>), and nothing else.</p>${formFor('department', 'Department', departments, given)}`}`,
        css,
        // Browsers hold redirects against this as well, and the answer redirects to the issuer, which may redirect to others.
        policy: [`form-action 'self' https: ${new URL(issuer).origin}`],
        headers: unread,
      }),

    secret: (token, secret) => {
      const { name, expiresAt } = token;
      const { what, whose, steps, note } = wordsFor(token);
      return pageOf({
        language: 'en',
        title: `Your ${what}`,
        body: `<h1>Your ${what}</h1>
<p>“${escaped(name)}”, for ${whose}, until ${escaped(expiresAt.slice(0, 10))}. It is shown this once: copy it now.</p>
<code class="copy">${escaped(secret)}</code>
<p class="step">${steps.login}, once. It asks for the token and keeps it:</p>
<code class="copy">npx --no datamesh login --url ${escaped(publicUrl)}</code>
<p class="step">${steps.next}:</p>
<code class="copy">${steps.command}</code>
<p class="note">In CI, set DATAMESH_TOKEN to it as a secret, and DATAMESH_URL to ${escaped(publicUrl)}.</p>
<p class="note">${note} You revoke it on the page of your tokens.</p>
<a class="action" href="${tokenListPath}">Your tokens</a> ${home}`,
        css,
        // An origin of its own: a page of ours that opened this one, widgets and all, cannot read it. No Cross-Origin-Opener-Policy
        // beside it: HTML makes a sandboxed page with one a network error, and the dashboard's own already parts the two windows.
        policy: ["form-action 'none'", 'sandbox'],
        headers: unread,
      });
    },

    refusal: (problem) => refusalPage('en', 'No token', problem),
  };
}

const formFor = (field: 'team' | 'department', label: string, choices: readonly string[], given: GivenToken): string =>
  `<form method="get" action="${newTokenPath}">
<label>${label} <select name="${field}" required>${choices.map((one) => option(one, one === given[field])).join('')}</select></label>
<label>Name <input name="name" required maxlength="100" autocomplete="off" placeholder="${field === 'team' ? 'laptop' : 'CI'}" value="${escaped(given.name ?? '')}"><span class="hint">Where it will be used, so that you know it again.</span></label>
<label>Days <input name="days" type="number" required min="1" max="365" value="${given.days}"></label>
<button type="submit">Sign in and create</button>
</form>`;

const option = (choice: string, selected: boolean): string => `<option${selected ? ' selected' : ''}>${escaped(choice)}</option>`;

function wordsFor({ team, department }: TokenRecord) {
  if (department !== null)
    return {
      what: 'layout token',
      whose: `the layouts of ${escaped(department)}`,
      steps: {
        login: 'Where the command line is installed',
        next: 'Then, in the repository that keeps the layouts',
        command: `npx --no datamesh layouts pull ${escaped(department)} --department ${escaped(department)}`,
      },
      note: 'Whoever has it changes the layouts of the department, and says which of them it pins.',
    };
  return {
    what: 'publish token',
    whose: `team ${escaped(team ?? '')}`,
    steps: {
      login: 'In the folder of a widget',
      next: 'Then, whenever the widget is built',
      command: 'npx --no datamesh publish . --promote stable',
    },
    note: 'Whoever has it publishes as the team.',
  };
}
