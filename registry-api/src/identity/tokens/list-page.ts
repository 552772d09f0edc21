import type { Language } from '@datamesh/service';
import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage, sandboxed } from '../page';
import { type TokenWords, tokenWords } from './page-words';
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
  list(language: Language, shown: ListedTokens): Page;
  refusal(language: Language, problem: Problem): Page;
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
    list: (language, { tokens, all, isAll, mayMake, ticket, done, now }) => {
      const words = tokenWords[language];
      return pageOf({
        language,
        title: words.title,
        body: `<h1>${words.title}</h1>
<p>${all ? words.everybodys : words.own}</p>
${done === undefined ? '' : `<p class="note" role="status">${words.revoked(escaped(done))}</p>`}
${tokens.length === 0 ? `<p>${isAll ? words.none : words.gone}</p>` : `<ul>${tokens.map((token) => entry(token, words, { all, ticket, now })).join('')}</ul>`}
${isAll ? '' : `<a class="action" href="${tokenListPath}">${words.all}</a> `}${mayMake ? `<a class="action" href="${newTokenPath}">${words.make}</a> ` : ''}<a class="action" href="/">${words.home}</a>`,
        css,
        policy: sandboxed(`${publicUrl}${tokenListPath}`),
        headers: { 'referrer-policy': 'no-referrer' },
      });
    },
    refusal: (language, problem) => refusalPage(language, tokenWords[language].title, problem, tokenListPath),
  };
}

const day = (at: string): string => escaped(at.slice(0, 10));

function entry(
  { id, name, team, department, createdBy, createdAt, expiresAt, lastUsedAt }: TokenRecord,
  words: TokenWords,
  { all, ticket, now }: Pick<ListedTokens, 'all' | 'ticket' | 'now'>,
): string {
  const whose = words[department === null ? 'team' : 'department'].whose(escaped(department ?? team ?? ''));
  const facts = [
    whose,
    ...(all ? [words.madeBy(escaped(createdBy.replace(/^user:/, '')))] : []),
    words.since(day(createdAt)),
    Date.parse(expiresAt) <= now ? words.over(day(expiresAt)) : words.until(day(expiresAt)),
    lastUsedAt ? words.used(escaped(lastUsedAt.slice(0, 16).replace('T', ' '))) : words.unused,
  ];
  return `<li><span class="what"><span class="name">${escaped(name)}</span> <span class="facts">${facts.join(' · ')}</span></span>
<form method="post" action="${tokenListPath}"><input type="hidden" name="ticket" value="${escaped(ticket)}"><input type="hidden" name="id" value="${escaped(id)}">
<button type="submit" aria-label="${words.revokeOne(escaped(name), whose)}">${words.revoke}</button></form></li>`;
}
