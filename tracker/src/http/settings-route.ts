import type { ServiceSettings } from '@datamesh/contracts';
import type { SettingRead } from '@datamesh/service';
import { type RequestHandler, Router } from 'express';
import { claimsOf } from '../identity/authenticate';
import { ProblemError } from './problem';

/** What this process was started with, for admins. */
export const createSettingsRoute = (settings: readonly SettingRead[]): RequestHandler =>
  Router().get('/settings', (_, response) => {
    if (!claimsOf(response).roles.includes('admin')) throw new ProblemError(403, 'role_required', 'This needs the role admin');
    const answer: ServiceSettings = { service: 'tracker', items: [...settings] };
    response.json(answer);
  });
