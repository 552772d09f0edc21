import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage, sandboxed } from '../page';
import { newTokenPath, tokenListPath } from './refusal';
import type { TokenRecord } from './token';

export interface ListedTokens {
  tokens: readonly TokenRecord[];
  /** Everybody's: an admin looks. */
  all: boolean;
  /** There are no others. */
  isAll: boolean;
  mayMake: boolean;
  ticket: string;
  /** Name of the token that has just been revoked. */
  done: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface TokenListPages {
  list(shown: ListedTokens): Page;
  refusal(problem: Problem): Page;
}

const css = `
main{max-width:640px}
ul{margin-top:20px;padding:0;list-style:none;border-top:1px solid var(--line)}
li{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;padding:12px 0;border-bottom:1px solid var(--line)}
.what{flex:1 1 260px;min-width:0;overflow-wrap:anywhere}
.name{font-weight:600}
.facts{display:block;margin-top:2px;color:var(--fg-2);font-size:13px}
button{padding:7px 14px;font:inherit;font-size:14px;font-weight:600;color:var(--warn);background:var(--warn-soft);border:1px solid currentColor;border-radius:8px;cursor:pointer}
.note{margin-top:20px;padding:10px 12px;border-radius:8px;background:var(--accent-soft);font-size:13px;color:inherit}
`;

export function createTokenListPages(publicUrl: string): TokenListPages {
  return {
    list: ({ tokens, all, isAll, mayMake, ticket, done, now }) =>
      pageOf({
        language: 'en',
        title: 'Tokens',
        body: `<h1>Tokens</h1>
<p>${all ? 'Everybody’s: you are an admin.' : 'Those that you made.'} Whoever has one publishes as its team, or keeps the layouts of its department.</p>
${done === undefined ? '' : `<p class="note" role="status">“${escaped(done)}” is revoked: nobody does anything with it any more.</p>`}
${tokens.length === 0 ? `<p>${isAll ? 'There is none.' : 'It was revoked before, or is none of yours.'}</p>` : `<ul>${tokens.map((token) => entry(token, all, ticket, now)).join('')}</ul>`}
${isAll ? '' : `<a class="action" href="${tokenListPath}">All tokens</a> `}${mayMake ? `<a class="action" href="${newTokenPath}">New token</a> ` : ''}<a class="action" href="/">To the dashboard</a>`,
        css,
        policy: sandboxed(`${publicUrl}${tokenListPath}`),
        headers: { 'referrer-policy': 'no-referrer' },
      }),
    refusal: (problem) => refusalPage('en', 'Tokens', problem, tokenListPath),
  };
}

const day = (at: string): string => escaped(at.slice(0, 10));

function entry(
  { id, name, team, department, createdBy, createdAt, expiresAt, lastUsedAt }: TokenRecord,
  all: boolean,
  ticket: string,
  now: number,
): string {
  const whose = department === null ? `team ${escaped(team ?? '')}` : `layouts of ${escaped(department)}`;
  const facts = [
    whose,
    ...(all ? [`made by ${escaped(createdBy.replace(/^user:/, ''))}`] : []),
    `since ${day(createdAt)}`,
    Date.parse(expiresAt) <= now ? `over since ${day(expiresAt)}` : `until ${day(expiresAt)}`,
    lastUsedAt ? `last used ${escaped(lastUsedAt.slice(0, 16).replace('T', ' '))} UTC` : 'never used',
  ];
  return `<li><span class="what"><span class="name">${escaped(name)}</span> <span class="facts">${facts.join(' · ')}</span></span>
<form method="post" action="${tokenListPath}"><input type="hidden" name="ticket" value="${escaped(ticket)}"><input type="hidden" name="id" value="${escaped(id)}">
<button type="submit" aria-label="Revoke ${escaped(name)}, ${whose}">Revoke</button></form></li>`;
}
