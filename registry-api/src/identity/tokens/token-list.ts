import type { ServiceClaims } from '@datamesh/contracts';
import { languageOf } from '@datamesh/service';
import type { Request, RequestHandler, Response } from 'express';
import { type Clock, isoTime } from '../../clock';
import { askingOf } from '../../http/caller';
import { requireNavigation } from '../../http/navigation';
import { Problem, problem } from '../../http/problem';
import { sendPage } from '../page';
import { layoutTokenRefusal, publishTokenRefusal } from '../roles';
import type { SignedIn } from '../sign-in/sign-in';
import type { Tickets } from '../tickets';
import { createTokenListPages } from './list-page';
import type { TokenStore } from './store';
import { tokenRevoked } from './token';

export interface TokenListDeps {
  publicUrl: string;
  tokens: TokenStore;
  tickets: Tickets;
  clock: Clock;
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

/**
 * A person's way to see their tokens and to revoke them: `GET /session/tokens`, a sign-in for it, a page with a button for each. A session
 * alone revokes nothing, as it makes nothing: a widget could use it to stop a team from publishing.
 */
export interface TokenList {
  /** After the callback; `only`: of all tokens the one of this id. */
  finish(req: Request, res: Response, signedIn: SignedIn, only: string | undefined): Promise<void>;
  /** POST /session/tokens, the form of that page. */
  revoke: RequestHandler;
}

export function createTokenList({ publicUrl, tokens, tickets, clock, wakeRelay }: TokenListDeps): TokenList {
  const pages = createTokenListPages(publicUrl);

  interface Shown {
    /** Name of the token that has just been revoked. */
    done?: string;
    only?: string | undefined;
  }

  async function show(
    req: Request,
    res: Response,
    person: TokenMaker & Pick<ServiceClaims, 'sub'>,
    ticket: string,
    { done, only }: Shown,
  ): Promise<void> {
    const all = person.roles.includes('admin');
    const found = await tokens.list(all ? undefined : `user:${person.sub}`);
    const tokensShown = only === undefined ? found : found.filter(({ id }) => id === only);
    const isAll = tokensShown.length === found.length;
    sendPage(
      res,
      200,
      pages.list(languageOf(req.headers), { tokens: tokensShown, all, isAll, mayMake: mayMake(person), ticket, done, now: clock() }),
    );
  }

  return {
    finish: async (req, res, signedIn, only) => {
      requireNavigation(req);
      const { user } = signedIn;
      try {
        const ticket = await tickets.give(signedIn, 'registry-api/tokens', clock());
        await show(req, res, { sub: user.id, ...user }, ticket, { only });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendPage(res, error.status, pages.refusal(languageOf(req.headers), error));
      }
    },

    revoke: async (req, res) => {
      requireNavigation(req);
      const { id, ticket } = req.body as { id: string; ticket: string };
      try {
        const person = await tickets.take(req, 'registry-api/tokens');
        const actor = `user:${person.sub}`;
        const token = await tokens.find(id);
        const theirs = token !== undefined && (person.roles.includes('admin') || token.createdBy === actor);
        if (!theirs) throw problem(404, 'token_unknown', 'There is no such token of yours');
        const at = isoTime(clock);
        if (await tokens.revoke(id, at, [tokenRevoked({ ...askingOf(req), actor }, token, at)])) wakeRelay();
        await show(req, res, person, ticket, { done: token.name });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendPage(res, error.status, pages.refusal(languageOf(req.headers), error));
      }
    },
  };
}

/** Whether the way to a new token leads anywhere for this person. */
const mayMake = (person: TokenMaker): boolean => mayPublish(person) || layoutTokenRefusal(person, person.departments[0]) === undefined;
type TokenMaker = Pick<ServiceClaims, 'roles' | 'teams' | 'departments'>;
const mayPublish = (person: TokenMaker): boolean => publishTokenRefusal(person, person.teams[0]) === undefined;
