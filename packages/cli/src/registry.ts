/** The calls that a publish token allows, and the one of whoever runs the instance, typed by the contract. */
import type {
  AuditVerification,
  LeaseView,
  NewTrust,
  PublishedVersion,
  RegistryPaths,
  Trust,
  VersionDetail,
  WidgetDetail,
} from '@datamesh/contracts';
import createClient from 'openapi-fetch';
import type { Packed } from './pack';
import { CliError, fromProblem } from './problem';

export interface Target {
  /** Where the registry or the dashboard answers, without /api/v1. */
  url: string;
  /** A publish token, `dmp_…`, one for layouts, `dml_…`, or the bootstrap secret, `dmb_…`. */
  token: string;
}

export interface Published {
  version: VersionDetail;
  /** What its publisher should know; it is published all the same. */
  warnings: PublishedVersion['warnings'];
  /** False when the same bytes were there before. */
  created: boolean;
}

export const clientFor = ({ url, token }: Target) =>
  createClient<RegistryPaths>({ baseUrl: new URL('/api/v1', url).href, headers: { authorization: `Bearer ${token}` } });

/** Throws `token_invalid`, or whatever else the registry says, unless it knows the token. */
export async function knows(target: Target): Promise<void> {
  const { error, response } = await reached(target, () => clientFor(target).GET('/widgets', { params: { query: { limit: 1 } } }));
  if (!response.ok) throw fromProblem(error, response.status);
}

export async function publish(target: Target, packed: Packed): Promise<Published> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).PUT('/widgets/{name}/versions/{version}', {
      params: { path: { name: packed.name, version: packed.version } },
      // The contract says binary, which the generated types call a string.
      body: packed.bytes as unknown as string,
      bodySerializer: () => packed.bytes as unknown as string,
      headers: { 'content-type': 'application/gzip' },
    }),
  );
  if (!data) throw fromProblem(error, response.status);
  return { version: data, warnings: data.warnings, created: response.status === 201 };
}

export async function promote(target: Target, name: string, channel: string, version: string): Promise<WidgetDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).PUT('/widgets/{name}/channels/{channel}', { params: { path: { name, channel } }, body: { version } }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function deprecate(target: Target, name: string, version: string, reason: string): Promise<VersionDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).POST('/widgets/{name}/versions/{version}/deprecate', { params: { path: { name, version } }, body: { reason } }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function yank(target: Target, name: string, version: string, reason: string): Promise<VersionDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).POST('/widgets/{name}/versions/{version}/yank', { params: { path: { name, version } }, body: { reason } }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

/** Throws `audit_broken` with the first entry that is not what was written. */
export async function verifyAudit(target: Target): Promise<AuditVerification> {
  const { data, error, response } = await reached(target, () => clientFor(target).POST('/audit/verification'));
  if (!data) throw fromProblem(error, response.status);
  if (data.broken) {
    const { seq, detail } = data.broken;
    throw new CliError('audit_broken', `${detail}\n  first broken entry: ${seq}; whole before it: ${data.entries}`);
  }
  return data;
}

/** Freezes a channel at the version that it gives, or at the one named. */
export async function hold(target: Target, name: string, channel: string, reason: string, version?: string): Promise<WidgetDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).PUT('/widgets/{name}/channels/{channel}/hold', {
      params: { path: { name, channel } },
      body: { reason, ...(version === undefined ? {} : { version }) },
    }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function lift(target: Target, name: string, channel: string): Promise<WidgetDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).DELETE('/widgets/{name}/channels/{channel}/hold', { params: { path: { name, channel } } }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function release(target: Target, name: string, channel: string): Promise<WidgetDetail> {
  const { data, error, response } = await reached(target, () =>
    clientFor(target).DELETE('/widgets/{name}/channels/{channel}/owner', { params: { path: { name, channel } } }),
  );
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function widget(target: Target, name: string): Promise<WidgetDetail> {
  const { data, error, response } = await reached(target, () => clientFor(target).GET('/widgets/{name}', { params: { path: { name } } }));
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function deployments(target: Target, name: string): Promise<{ leases: LeaseView[]; detail: WidgetDetail }> {
  const listed = await reached(target, () => clientFor(target).GET('/deployments', { params: { query: { widget: name } } }));
  if (!listed.data) throw fromProblem(listed.error, listed.response.status);
  return { leases: listed.data.items, detail: await widget(target, name) };
}

/** What the layouts that are counted must hold, in one panel. */
export interface Uses {
  widget: string;
  source?: string | undefined;
  setting?: string | undefined;
  value?: string | undefined;
}

/** How many layouts there are; which ones is for people to see. */
export async function uses(target: Target, question: Uses): Promise<number> {
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
  const query = { ...given, widget: question.widget };
  const { data, error, response } = await reached(target, () => clientFor(target).GET('/holding-layouts', { params: { query } }));
  if (!data) throw fromProblem(error, response.status);
  return data.total;
}

export async function trusts(target: Target, team: string): Promise<Trust[]> {
  const { data, error, response } = await reached(target, () => clientFor(target).GET('/trusts', { params: { query: { team } } }));
  if (!data) throw fromProblem(error, response.status);
  return data.items;
}

export async function addTrust(target: Target, trust: NewTrust): Promise<Trust> {
  const { data, error, response } = await reached(target, () => clientFor(target).POST('/trusts', { body: trust }));
  if (!data) throw fromProblem(error, response.status);
  return data;
}

export async function removeTrust(target: Target, id: string): Promise<void> {
  const { error, response } = await reached(target, () => clientFor(target).DELETE('/trusts/{id}', { params: { path: { id } } }));
  if (!response.ok) throw fromProblem(error, response.status);
}

export async function reached<T>(target: Target, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : error instanceof Error ? error.message : '';
    throw new CliError('registry_unreachable', `${target.url} does not answer (${cause}); is it running, and the right address?`);
  }
}
