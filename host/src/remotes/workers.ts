/**
 * Workers of widgets: from a script of the caller's own version, whose bytes the worker checks before it runs them
 * (host/src/worker/start.ts). The browser admits the address of that beginning alone (`worker-src`), so whatever goes past this
 * constructor starts nothing else.
 */
import { callingBase } from './caller';
import { WidgetFailure } from './failure';
import { RefusedByPolicy } from './refusals';
import { ownScriptAddress } from './trusted-types';
import { refusalIn } from './worker-refusal';

/** Base -> what its code has started. */
const running = new Map<string, Set<Worker>>();

/** Once for each page, before the first widget. */
export function admitWorkers(): void {
  class PublishedWorker extends window.Worker {
    constructor(script: string | URL, { name = '' }: WorkerOptions = {}) {
      const { base, file } = ownFile(script);
      super(ownScriptAddress(`/worker?file=${encodeURIComponent(file)}`) as string, { name, type: 'module' });
      running.set(base, (running.get(base) ?? new Set()).add(this));
      this.addEventListener('error', ({ message }) => {
        const refusal = refusalIn(message);
        if (refusal) this.#refused(base, file, refusal, message);
      });
    }

    override terminate(): void {
      for (const workers of running.values()) workers.delete(this);
      super.terminate();
    }

    /** Shown in the panel of its widget, which is found by the file in the error's words. */
    #refused(base: string, file: string, refusal: NonNullable<ReturnType<typeof refusalIn>>, message: string): void {
      this.terminate();
      const reason = refusal === 'unsupported' ? 'policy_refused' : refusal;
      const widget = base.split('/').slice(2, 4).join('@');
      const address = new URL(file, location.origin).href;
      const what = refusal === 'unsupported' ? 'worker-src' : undefined;
      reportError(new WidgetFailure(widget, 'running', reason, address, new Error(message), undefined, what));
    }
  }
  Object.defineProperty(PublishedWorker, 'name', { value: 'Worker' });
  window.Worker = PublishedWorker;
}

/** A widget's workers end with the last panel that runs its version. */
export function endWorkers(base: string): void {
  const workers = running.get(new URL(base, location.origin).pathname);
  for (const worker of workers ?? []) worker.terminate();
}

function ownFile(script: string | URL): { base: string; file: string } {
  const base = callingBase();
  const { origin, protocol, pathname } = new URL(script, document.baseURI);
  if (base === undefined) throw new RefusedByPolicy('A worker is started by the code of a widget only', 'worker-src');
  if (origin !== location.origin || !pathname.startsWith(base) || protocol === 'blob:')
    throw new RefusedByPolicy(
      `A worker runs a file of the widget's own version (${base}…), not ${['blob:', 'data:'].includes(protocol) ? protocol : String(script)}`,
      'worker-src',
    );
  return { base, file: pathname };
}
