import type { User } from '@datamesh/contracts';
import type { Language } from '@datamesh/service';
import type { Problem } from '../../http/problem';
import { escaped, type Page, pageOf, refusalPage, sandboxed } from '../page';
import type { WantedErasure } from './wanted';

export const erasurePath = '/api/v1/session/erasure';

/** Each in the language of whoever looks at it. */
export interface ErasurePages {
  question(language: Language, wanted: WantedErasure, asker: User, ticket: string): Page;
  done(language: Language, wanted: WantedErasure): Page;
  refusal(language: Language, problem: Problem): Page;
}

const WORDS: Record<Language, Words> = {
  en: {
    title: 'Forget visits',
    question: { own: 'Forget your visits?', others: 'Forget somebody’s visits?' },
    what: (whose, site) =>
      `Everything that was counted of ${whose} on the site “${site}” is removed for good, in every store. From then on they count as somebody new.`,
    own: (name) => `your visits, ${name},`,
    others: (user) => `the visits of the user “${user}”`,
    forget: 'Forget the visits',
    keep: 'Keep them',
    done: 'Forgotten',
    removed: (site) => `The visits to “${site}” are removed; the stores follow within seconds.`,
    home: 'To the dashboard',
  },
  de: {
    title: 'Besuche vergessen',
    question: { own: 'Ihre Besuche vergessen?', others: 'Die Besuche dieser Person vergessen?' },
    what: (whose, site) =>
      `Alles, was auf der Site „${site}“ von ${whose} gezählt wurde, wird endgültig entfernt, in jedem Speicher. Von da an zählen sie als jemand Neues.`,
    own: (name) => `Ihren Besuchen, ${name},`,
    others: (user) => `den Besuchen von „${user}“`,
    forget: 'Besuche vergessen',
    keep: 'Behalten',
    done: 'Vergessen',
    removed: (site) => `Die Besuche auf „${site}“ sind entfernt; die Speicher folgen binnen Sekunden.`,
    home: 'Zum Dashboard',
  },
};

interface Words {
  title: string;
  question: { own: string; others: string };
  what(whose: string, site: string): string;
  own(name: string): string;
  others(user: string): string;
  forget: string;
  keep: string;
  done: string;
  removed(site: string): string;
  home: string;
}

const css = `
button{margin-top:20px;padding:9px 16px;font:inherit;font-weight:600;color:var(--warn);background:var(--warn-soft);border:1px solid currentColor;border-radius:8px;cursor:pointer}
`;
const unread = { 'referrer-policy': 'no-referrer' };

export function createErasurePages(publicUrl: string): ErasurePages {
  return {
    question: (language, { site, user }, asker, ticket) => {
      const words = WORDS[language];
      const whose = user === undefined || user === asker.id ? 'own' : 'others';
      const visits = whose === 'own' ? words.own(escaped(asker.name)) : words.others(escaped(user ?? ''));
      return pageOf({
        language,
        title: words.title,
        body: `<h1>${words.question[whose]}</h1>
<p>${words.what(visits, escaped(site))}</p>
<form method="post" action="${erasurePath}"><input type="hidden" name="ticket" value="${escaped(ticket)}"><input type="hidden" name="site" value="${escaped(site)}"><input type="hidden" name="user" value="${escaped(user ?? '')}">
<button type="submit">${words.forget}</button></form>
<a class="action" href="/">${words.keep}</a>`,
        css,
        policy: sandboxed(`${publicUrl}${erasurePath}`),
        headers: unread,
      });
    },
    done: (language, { site }) => {
      const words = WORDS[language];
      return pageOf({
        language,
        title: words.title,
        body: `<h1>${words.done}</h1>
<p>${words.removed(escaped(site))}</p>
<a class="action" href="/">${words.home}</a>`,
        policy: ["form-action 'none'", 'sandbox'],
        headers: unread,
      });
    },
    refusal: (language, problem) => refusalPage(language, WORDS[language].title, problem),
  };
}
