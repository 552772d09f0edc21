import type { Department, SignedOut } from '@datamesh/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { type Caller, notSignedIn, requireUser } from '../http/caller';
import { isNavigation, requireNavigation } from '../http/navigation';
import { Problem, problem } from '../http/problem';
import { sessionOf } from './authenticate';
import { type CookieNames, readCookie, setCookie } from './cookies';
import { type ErasureWay, erasureIn } from './erasure/erasure';
import { audiences, type ServiceAudience, type ServiceTokens } from './keys/service-token';
import type { PeopleStore } from './people/store';
import { hashOf, isSecret } from './secrets';
import { sessionAnswer } from './session-answer';
import { endSession, type SessionEnds, sessionEntry } from './sessions/end';
import { beginSession, claimsOf, type IssuerSession, type SessionLimits, type SessionRecord } from './sessions/session';
import { type SignIn, signInLasts, type WantedSignIn } from './sign-in/sign-in';
import { type NewToken, wantedIn } from './tokens/new-token';
import { tokenScope } from './tokens/refusal';
import { tokenFor } from './tokens/token';
import type { TokenList } from './tokens/token-list';

export interface SessionRoutesDeps extends SessionEnds {
  publicUrl: string;
  cookies: CookieNames;
  people: PeopleStore;
  signIn: SignIn;
  /** Where the browser ends the issuer's session as well, if it is to. */
  signOutAtIssuer(session: IssuerSession | undefined): Promise<string | undefined>;
  newToken: NewToken;
  tokenList: TokenList;
  erasureWay: ErasureWay;
  serviceTokens: ServiceTokens;
  limits: SessionLimits;
  /** Departments with their pinned layouts, as far as the caller belongs to them. */
  departmentsOf(caller: Caller): Promise<Department[]>;
}

export interface SessionRoutes {
  read: RequestHandler;
  signIn: RequestHandler;
  callback: RequestHandler;
  signOut: RequestHandler;
  newToken: RequestHandler;
  tokens: RequestHandler;
  revokeToken: RequestHandler;
  erasure: RequestHandler;
  confirmErasure: RequestHandler;
}

export function createSessionRoutes(deps: SessionRoutesDeps): SessionRoutes {
  const { publicUrl, cookies, sessions, signIn, newToken, tokenList, erasureWay, limits, clock, wakeRelay, people } = deps;
  const secure = publicUrl.startsWith('https:');
  const signInPath = '/api/v1/session';

  async function begin(req: Request, res: Response, wanted: Omit<WantedSignIn, 'cookie'>): Promise<void> {
    const former = readCookie(req.get('cookie'), cookies.signIn);
    const { location, cookie } = await signIn.begin({ ...wanted, cookie: former });
    res.append('set-cookie', setCookie(cookies.signIn, cookie, { secure, path: signInPath, maxAge: signInLasts / 1000 }));
    redirect(res, location);
  }

  return {
    read: async (req, res) => {
      requireUser(req);
      res.set(unkept).json(await sessionAnswer(req.caller, deps.departmentsOf));
    },

    signIn: async (req, res) => {
      const query = new URL(req.originalUrl, publicUrl).searchParams;
      await begin(req, res, { returnTo: query.get('return_to') ?? undefined, fresh: query.get('fresh') === 'true' });
    },

    callback: async (req, res) => {
      const { search } = new URL(req.originalUrl, publicUrl);
      const signedIn = await signIn.finish(search, readCookie(req.get('cookie'), cookies.signIn)).catch(async (error: unknown) => {
        // The browser's way back, after a sign-in that was finished long ago: whoever is signed in wants the product, not to hear that.
        const over = error instanceof Problem && error.code === 'sign_in_unknown';
        if (over && isNavigation(req) && (await sessionOf(req, deps))) return null;
        throw error;
      });
      if (!signedIn) return redirect(res, '/');
      const { user, returnTo, purpose } = signedIn;
      switch (purpose?.kind) {
        case 'token':
          return await newToken.finish(req, res, signedIn, purpose);
        case 'tokens':
          return await tokenList.finish(req, res, signedIn, purpose.token);
        case 'erasure':
          return await erasureWay.finish(req, res, signedIn, purpose);
      }
      await endOwnSession(req, deps);
      // First: somebody who has a session can be found.
      const { id, name, roles, departments, teams } = user;
      await people.signedIn({ id, name, roles, departments, teams, signedInAt: clock() });
      const { cookie, record } = beginSession(signedIn, limits, clock());
      await sessions.add(record, [sessionEntry(req, clock, 'session.begin', record)]);
      wakeRelay();
      res.append('set-cookie', setCookie(cookies.session, cookie, { secure, path: '/', maxAge: Math.floor(limits.absolute / 1000) }));
      redirect(res, returnTo);
    },

    signOut: async (req, res) => {
      // The edge checks this as well; a page of another origin must not be able to sign people out even where there is no edge.
      const origin = req.get('origin');
      if (origin !== undefined && origin !== publicUrl) throw problem(403, 'origin_refused', `Only pages of ${publicUrl} may do this`);
      const ended = await endOwnSession(req, deps);
      res.append('set-cookie', setCookie(cookies.session, '', { secure, path: '/', maxAge: 0 }));
      res.append('set-cookie', setCookie(cookies.signIn, '', { secure, path: signInPath, maxAge: 0 }));
      res.set(unkept);
      const endSessionUrl = ended && (await deps.signOutAtIssuer(ended.issuer));
      if (endSessionUrl === undefined) res.status(204).end();
      else res.json({ endSessionUrl } satisfies SignedOut);
    },

    newToken: async (req, res) => {
      requireNavigation(req);
      const given = wantedIn(new URL(req.originalUrl, publicUrl).searchParams);
      const { name, days } = given;
      const whose = tokenFor(given);
      if (given.team !== undefined && given.department !== undefined) throw tokenScope();
      if (whose && name !== undefined) await begin(req, res, { purpose: { kind: 'token', ...whose, name, days } });
      // The form offers the person's teams and departments, so it has to know the person.
      else if (req.caller.kind !== 'user') await begin(req, res, { returnTo: req.originalUrl });
      else await newToken.showForm(req, res, req.caller, given);
    },

    tokens: async (req, res) => {
      requireNavigation(req);
      const token = new URL(req.originalUrl, publicUrl).searchParams.get('token') ?? undefined;
      await begin(req, res, { purpose: { kind: 'tokens', token } });
    },
    revokeToken: tokenList.revoke,

    erasure: async (req, res) => {
      requireNavigation(req);
      const wanted = erasureIn(new URL(req.originalUrl, publicUrl).searchParams);
      await begin(req, res, { purpose: { kind: 'erasure', ...wanted } });
    },
    confirmErasure: erasureWay.confirm,
  };
}

const unkept = { 'cache-control': 'no-store' };

/** express's own redirect writes a body naming the address; there is nothing to read here. */
function redirect(res: Response, location: string): void {
  res.set(unkept).status(302).set('location', location).end();
}

async function endOwnSession(req: Request, deps: SessionRoutesDeps): Promise<SessionRecord | undefined> {
  const cookie = readCookie(req.get('cookie'), deps.cookies.session);
  return isSecret(cookie) ? endSession(req, hashOf(cookie), deps) : undefined;
}

/** For the edge alone, never proxied: `POST /internal/v1/service-token` exchanges the session cookie for a token of a minute, and
 * says whom the edge serves. */
export function createServiceTokenRoute(
  deps: Pick<SessionRoutesDeps, 'sessions' | 'serviceTokens' | 'limits' | 'clock' | 'cookies'>,
): RequestHandler {
  return async (req, res) => {
    const audience: unknown = (req.body as { audience?: unknown } | undefined)?.audience;
    if (!isAudience(audience)) throw problem(400, 'audience_unknown', `audience must be one of ${audiences.join(', ')}`);
    const session = await sessionOf(req, deps);
    if (!session) throw notSignedIn();
    const until = Math.min(session.until, Math.max(session.idleUntil, deps.clock() + deps.limits.idle));
    const { id: user, roles, departments } = session.user;
    res
      .set('cache-control', 'no-store')
      .json({ ...(await deps.serviceTokens.sign(claimsOf(session), audience, until)), user, roles, departments });
  };
}

const isAudience = (value: unknown): value is ServiceAudience => (audiences as readonly unknown[]).includes(value);

/** `/.well-known/jwks.json`: what other services verify our tokens with. */
export function createJwksRoute(serviceTokens: ServiceTokens): RequestHandler {
  return (_req, res) => {
    res.set('cache-control', 'public, max-age=300').json(serviceTokens.jwks());
  };
}
