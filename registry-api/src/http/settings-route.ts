import type { ServiceSettings } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import type { Config } from '../config';
import { requireAdmin } from './caller';

/** What this process was started with: of several replicas the one that answers. */
export const settingsRoute =
  ({ settings }: Pick<Config, 'settings'>): RequestHandler =>
  (req, res) => {
    requireAdmin(req);
    const answer: ServiceSettings = { service: 'registry-api', items: [...settings] };
    res.json(answer);
  };
