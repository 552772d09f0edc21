/** The calls of Argo CD's REST API that rolling back takes, as whoever the token is of. */
import { CliError } from '../problem';

export interface ArgoCdTarget {
  /** Where argocd-server answers, without /api/v1. */
  url: string;
  /** Of an account or a project role that may get, sync and update the application. */
  token: string;
}

export interface HistoryEntry {
  id: number;
  /** The commit. */
  revision: string;
  deployedAt?: string;
}

export interface Application {
  metadata: { name: string };
  spec: { syncPolicy?: { automated?: object | null } };
  /** What it is told to do and has not begun. */
  operation?: object;
  status?: {
    sync?: { status?: string; revision?: string };
    history?: HistoryEntry[];
    operationState?: { phase?: string; message?: string; operation?: { sync?: { revision?: string } } };
  };
}

interface Manifest {
  kind?: string;
  spec?: { template?: { metadata?: { labels?: Record<string, string> } } };
}

export interface ArgoCd {
  /** `refresh`: after it has looked into git. */
  application(name: string, refresh?: boolean): Promise<Application>;
  /** The version that the Deployment of a commit is labelled with; null: with none. */
  versionAt(name: string, revision: string): Promise<string | null>;
  setAutoSync(name: string, on: boolean): Promise<void>;
  /** Begins it; the application's status says how it goes. */
  rollback(name: string, id: number): Promise<void>;
}

export const isAutoSynced = ({ spec }: Application): boolean => Boolean(spec.syncPolicy?.automated);

/** Milliseconds; a refresh waits for a clone. */
const timeout = 60_000;

export function createArgoCd({ url, token }: ArgoCdTarget): ArgoCd {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(`/api/v1/applications/${path}`, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const { cause, message } = error as Error;
      throw new CliError('argocd_unreachable', `${url} does not answer (${cause instanceof Error ? cause.message : message})`);
    });
    const text = await response.text();
    if (!response.ok) throw refusedBy(response.status, text, path.replace(/[/?].*/, ''));
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new CliError('argocd_unreachable', `${url} answers, but not as Argo CD does: --argocd is the address of argocd-server`);
    }
  }

  const at = (name: string): string => encodeURIComponent(name);

  return {
    application: (name, refresh = false) => call('GET', at(name) + (refresh ? '?refresh=normal' : '')),
    versionAt: async (name, revision) => {
      const { manifests = [] } = await call<{ manifests?: string[] }>('GET', `${at(name)}/manifests?revision=${at(revision)}`);
      const deployment = manifests.map((text) => JSON.parse(text) as Manifest).find(({ kind }) => kind === 'Deployment');
      return deployment?.spec?.template?.metadata?.labels?.['app.kubernetes.io/version'] ?? null;
    },
    setAutoSync: async (name, on) => {
      // As argocd/base/applicationsets has it.
      const patch = JSON.stringify({ spec: { syncPolicy: { automated: on ? { prune: true, selfHeal: true } : null } } });
      await call('PATCH', at(name), { name, patchType: 'merge', patch });
    },
    rollback: async (name, id) => {
      await call('POST', `${at(name)}/rollback`, { name, id });
    },
  };
}

function refusedBy(status: number, text: string, application: string): CliError {
  const said = messageOf(text) || `it answers ${status}`;
  if (status === 401) return new CliError('argocd_refused', `Argo CD does not know the token (${said}); make another one for your account`);
  // It says 403 for an application that is not there as well, so that nobody can guess names.
  if (status === 403 || status === 404)
    return new CliError(
      'argocd_refused',
      `Argo CD has no application ${application} that this token may change (${said}); see --application`,
    );
  return new CliError('argocd_refused', `Argo CD refuses: ${said}`);
}

function messageOf(text: string): string {
  try {
    return String((JSON.parse(text) as { message?: unknown }).message ?? '');
  } catch {
    return text.slice(0, 200);
  }
}
