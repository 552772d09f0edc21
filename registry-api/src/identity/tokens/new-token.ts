import type { Department } from '@datamesh/contracts';
import { languageOf } from '@datamesh/service';
import type { Request, Response } from 'express';
import type { Clock } from '../../clock';
import { askingOf, type Caller } from '../../http/caller';
import { requireNavigation } from '../../http/navigation';
import { sendPage } from '../page';
import { isFresh, layoutTokenRefusal, publishTokenRefusal } from '../roles';
import type { SignedIn } from '../sign-in/sign-in';
import { createTokenPages } from './pages';
import { refusalProblem } from './refusal';
import type { TokenStore } from './store';
import { createToken, type GivenToken, tokenCreated, type WantedToken } from './token';

export interface NewTokenDeps {
  publicUrl: string;
  /** The company's issuer: the form leads there. */
  issuer: string;
  tokens: TokenStore;
  clock: Clock;
  /** That a person belongs to; all, for admins. */
  departmentsOf(caller: Caller): Promise<Department[]>;
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

/**
 * A person's way to a token: `GET /session/tokens/new`, a sign-in for this one token, a page that shows the secret once.
 *
 * A widget runs in its viewer's page and may ask for all that the viewer's session opens; so the session opens nothing here.
 * Only windows are answered, who signs in at the end is who gets the token, and the last page cannot be read by whatever opened it.
 */
export interface NewToken {
  /** The forms for the teams and departments of whoever is signed in; `given` is filled in already. */
  showForm(req: Request, res: Response, caller: Caller & { kind: 'user' }, given: GivenToken): Promise<void>;
  /** After the callback. No session begins, and none that the browser has counts. */
  finish(req: Request, res: Response, signedIn: SignedIn, wanted: WantedToken): Promise<void>;
}

export function createNewToken({ publicUrl, issuer, tokens, clock, departmentsOf, wakeRelay }: NewTokenDeps): NewToken {
  const pages = createTokenPages({ publicUrl, issuer });
  return {
    showForm: async (req, res, caller, given) => {
      const { claims } = caller;
      const refusal = publishTokenRefusal(claims, claims.teams[0]);
      const departments = layoutTokenRefusal(claims, claims.departments[0]) ? [] : (await departmentsOf(caller)).map(({ id }) => id);
      if (refusal && departments.length === 0) sendPage(res, 403, pages.refusal(languageOf(req.headers), refusalProblem(refusal)));
      else sendPage(res, 200, pages.form(languageOf(req.headers), refusal ? [] : claims.teams, departments, given));
    },

    finish: async (req, res, { user, authTime }, wanted) => {
      requireNavigation(req);
      const now = clock();
      const fresh = isFresh(authTime, Math.floor(now / 1000));
      const { team, department } = wanted;
      const notTheirs = department === undefined ? publishTokenRefusal(user, team) : layoutTokenRefusal(user, department);
      const refusal = notTheirs ?? (fresh ? undefined : 'fresh_sign_in_required');
      if (refusal) return sendPage(res, 403, pages.refusal(languageOf(req.headers), refusalProblem(refusal, department ?? team)));
      const actor = `user:${user.id}`;
      const { secret, record } = createToken(wanted, actor, now);
      await tokens.add(record, [tokenCreated({ ...askingOf(req), actor }, record)]);
      wakeRelay();
      sendPage(res, 200, pages.secret(languageOf(req.headers), record, secret));
    },
  };
}

/** What the address asks for; the contract has checked it. Spaces are no name. */
export function wantedIn(query: URLSearchParams): { team?: string; department?: string; name?: string; days: number } {
  const [team, department, name] = [query.get('team'), query.get('department'), query.get('name')?.trim()];
  return {
    ...(team ? { team } : {}),
    ...(department ? { department } : {}),
    ...(name ? { name } : {}),
    days: Number(query.get('days') ?? 90),
  };
}
