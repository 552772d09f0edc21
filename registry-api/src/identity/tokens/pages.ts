import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage } from '../page';
import { newTokenPath, tokenListPath } from './refusal';
import type { TokenRecord, WantedToken } from './token';

export interface TokenPages {
  form(teams: readonly string[], given: Partial<WantedToken>): Page;
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
    form: (teams, given) =>
      pageOf({
        title: 'New publish token',
        body: `<h1>New publish token</h1>
<p>It publishes widgets in the name of a team of yours. You sign in once more for it.</p>
<form method="get" action="${newTokenPath}">
<label>Team <select name="team" required>${teams.map((team) => option(team, team === given.team)).join('')}</select></label>
<label>Name <input name="name" required maxlength="100" autocomplete="off" placeholder="laptop" value="${escaped(given.name ?? '')}"><span class="hint">Where it will be used, so that you know it again.</span></label>
<label>Days <input name="days" type="number" required min="1" max="365" value="${given.days ?? 90}"></label>
<button type="submit">Sign in and create</button>
</form>`,
        css,
        // Browsers hold redirects against this as well, and the answer redirects to the issuer, which may redirect to others.
        policy: [`form-action 'self' https: ${new URL(issuer).origin}`],
        headers: unread,
      }),

    secret: ({ team, name, expiresAt }, secret) =>
      pageOf({
        title: 'Your publish token',
        body: `<h1>Your publish token</h1>
<p>“${escaped(name)}”, for team ${escaped(team)}, until ${escaped(expiresAt.slice(0, 10))}. It is shown this once: copy it now.</p>
<code class="copy">${escaped(secret)}</code>
<p class="step">In the folder of a widget, once. It asks for the token and keeps it:</p>
<code class="copy">npx --no datamesh login --url ${escaped(publicUrl)}</code>
<p class="step">Then, whenever the widget is built:</p>
<code class="copy">npx --no datamesh publish . --promote stable</code>
<p class="note">In CI, set DATAMESH_TOKEN to it as a secret, and DATAMESH_URL to ${escaped(publicUrl)}.</p>
<p class="note">Whoever has it publishes as the team. You revoke it on the page of your tokens.</p>
<a class="action" href="${tokenListPath}">Your tokens</a> ${home}`,
        css,
        // An origin of its own: a page of ours that opened this one, widgets and all, cannot read it. No Cross-Origin-Opener-Policy
        // beside it: HTML makes a sandboxed page with one a network error, and the dashboard's own already parts the two windows.
        policy: ["form-action 'none'", 'sandbox'],
        headers: unread,
      }),

    refusal: (problem) => refusalPage('No publish token', problem),
  };
}

const option = (team: string, selected: boolean): string => `<option${selected ? ' selected' : ''}>${escaped(team)}</option>`;
