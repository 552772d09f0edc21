import type { ServiceClaims } from '@datamesh/contracts';
import { languageOf } from '@datamesh/service';
import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../clock';
import { requireNavigation } from '../../http/navigation';
import { Problem, problem } from '../../http/problem';
import type { ServiceTokens } from '../keys/service-token';
import { sendPage } from '../page';
import type { SignedIn } from '../sign-in/sign-in';
import type { Tickets } from '../tickets';
import { createErasurePages } from './pages';
import type { WantedErasure } from './wanted';

export interface ErasureDeps {
  publicUrl: string;
  trackerUrl: string;
  tickets: Tickets;
  serviceTokens: ServiceTokens;
  clock: Clock;
}

/**
 * A person's way to be forgotten by the tracker: `GET /session/erasure?site=…`, a sign-in for it, a page that asks whether it is meant, and only
 * then the tracker is told. What is erased does not come back, and a widget could ask in the name of any session.
 */
export interface ErasureWay {
  /** After the callback. */
  finish(req: Request, res: Response, signedIn: SignedIn, wanted: WantedErasure): Promise<void>;
  /** POST /session/erasure, the form of that page. */
  confirm: RequestHandler;
}

/** Milliseconds that the tracker may take; it answers when the erasure is on its disk. */
const timeoutMs = 10_000;

export function createErasureWay({ publicUrl, trackerUrl, tickets, serviceTokens, clock }: ErasureDeps): ErasureWay {
  const pages = createErasurePages(publicUrl);

  async function forwardToTracker(claims: ServiceClaims, wanted: WantedErasure): Promise<void> {
    const { token } = await serviceTokens.sign(claims, 'tracker/erasures', clock() + 60_000);
    const answer = await fetch(`${trackerUrl}/api/tracker/v1/erasures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw problem(
        503,
        'tracker_unavailable',
        `The tracker does not answer, nothing was erased; try again in a moment (${String(error)})`,
      );
    });
    if (answer.ok) return;
    const said = (await answer.json().catch(() => ({}))) as { code?: unknown; detail?: unknown };
    throw problem(answer.status, String(said.code ?? 'erasure_failed'), String(said.detail ?? `The tracker answered ${answer.status}`));
  }

  return {
    finish: async (req, res, signedIn, wanted) => {
      requireNavigation(req);
      try {
        const { user } = signedIn;
        if (wanted.user !== undefined && wanted.user !== user.id && !user.roles.includes('admin'))
          throw problem(403, 'erasure_forbidden', 'You can have yourself erased; for somebody else an admin has to ask');
        const ticket = await tickets.give(signedIn, 'registry-api/erasure', clock());
        sendPage(res, 200, pages.question(languageOf(req.headers), wanted, user, ticket));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendPage(res, error.status, pages.refusal(languageOf(req.headers), error));
      }
    },

    confirm: async (req, res) => {
      requireNavigation(req);
      const { site, user } = req.body as { site: string; user?: string };
      const wanted: WantedErasure = { site, ...(user ? { user } : {}) };
      try {
        await forwardToTracker(await tickets.take(req, 'registry-api/erasure'), wanted);
        sendPage(res, 200, pages.done(languageOf(req.headers), wanted));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendPage(res, error.status, pages.refusal(languageOf(req.headers), error));
      }
    },
  };
}

/** What the address asks for; the contract has checked it. */
export function erasureIn(query: URLSearchParams): WantedErasure {
  const user = query.get('user');
  return { site: query.get('site') ?? '', ...(user ? { user } : {}) };
}
