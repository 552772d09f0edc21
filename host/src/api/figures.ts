import type { TrackerPaths } from '@datamesh/contracts';
import createClient from 'openapi-fetch';
import type { ApiProblem } from './problem';

/** What the tracker tells. */
export const figures = createClient<TrackerPaths>({ baseUrl: '/api/tracker/v1' });

const DAYS = 30;

/** The dashboard in the last 30 days, as a question's range. */
export const lastDays = (now: number): { site: string; from: string; to: string } => ({
  site: 'dashboard',
  from: new Date(now - DAYS * 86_400_000).toISOString(),
  to: new Date(now).toISOString(),
});

/** The tracker's figures are for some departments only: that is no failure, and trying again changes nothing. */
export const isWithheld = (problem: ApiProblem): boolean => problem.status === 403 || problem.code === 'site_unknown';
