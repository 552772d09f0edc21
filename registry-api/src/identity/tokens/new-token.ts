import type { ServiceClaims } from '@datamesh/contracts';
import type { Request, Response } from 'express';
import type { Clock } from '../../clock';
import { askingOf } from '../../http/caller';
import { requireNavigation } from '../../http/navigation';
import { sendPage } from '../page';
import { isFresh, personRefusal } from '../roles';
import type { SignedIn } from '../sign-in/sign-in';
import { createTokenPages } from './pages';
import { refusalProblem } from './refusal';
import type { TokenStore } from './store';
import { newToken, tokenCreated, type WantedToken } from './token';

export interface NewTokenDeps {
  publicUrl: string;
  /** The company's issuer: the form leads there. */
  issuer: string;
  tokens: TokenStore;
  clock: Clock;
  /** Something waits to be relayed. */
  nudge(): void;
}

/**
 * A person's way to a publish token: `GET /session/tokens/new`, a sign-in for this one token, a page that shows the secret once.
 *
 * A widget runs in its viewer's page and may ask for all that the viewer's session opens; so the session opens nothing here.
 * Only windows are answered, who signs in at the end is who gets the token, and the last page cannot be read by whatever opened it.
 */
export interface NewToken {
  /** The form for the teams of whoever is signed in; `given` is filled in already. */
  showForm(res: Response, claims: ServiceClaims, given: Partial<WantedToken>): void;
  /** After the callback. No session begins, and none that the browser has counts. */
  finish(req: Request, res: Response, signedIn: SignedIn, wanted: WantedToken): Promise<void>;
}

export function createNewToken({ publicUrl, issuer, tokens, clock, nudge }: NewTokenDeps): NewToken {
  const pages = createTokenPages({ publicUrl, issuer });
  return {
    showForm: (res, claims, given) => {
      const refusal = personRefusal(claims, claims.teams[0]);
      if (refusal) sendPage(res, 403, pages.refusal(refusalProblem(refusal)));
      else sendPage(res, 200, pages.form(claims.teams, given));
    },

    finish: async (req, res, { user, authTime }, { team, name, days }) => {
      requireNavigation(req);
      const now = clock();
      const fresh = isFresh(authTime, Math.floor(now / 1000));
      const refusal = personRefusal(user, team) ?? (fresh ? undefined : 'fresh_sign_in_required');
      if (refusal) return sendPage(res, 403, pages.refusal(refusalProblem(refusal, team)));
      const actor = `user:${user.id}`;
      const { secret, record } = newToken({ team, name, days }, actor, now);
      await tokens.add(record, [tokenCreated({ ...askingOf(req), actor }, record)]);
      nudge();
      sendPage(res, 200, pages.secret(record, secret));
    },
  };
}

/** What the address asks for; the contract has checked it. Spaces are no name. */
export function wantedIn(query: URLSearchParams): Partial<WantedToken> & { days: number } {
  const [team, name] = [query.get('team'), query.get('name')?.trim()];
  return { ...(team ? { team } : {}), ...(name ? { name } : {}), days: Number(query.get('days') ?? 90) };
}
