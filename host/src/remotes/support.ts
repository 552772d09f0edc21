import { addImportMap, addInlineScript } from './integrity';

/**
 * What this browser lacks of what keeps a tampered remote from running; empty when it has all of it. Asked before the first
 * remote loads: where something is missing, nothing is loaded, checked or not.
 */
export async function missingSupport(): Promise<string[]> {
  const missing: string[] = [];
  if (!HTMLScriptElement.supports?.('importmap')) missing.push('import maps');
  else if (!(await takesLateMaps())) missing.push('several import maps in one page');
  // Every engine that enforces the policy also reads hashes from import maps; one that did not would refuse each file, not run it.
  if (!(await enforcesIntegrityPolicy())) missing.push('Integrity-Policy with hashes in import maps');
  return missing;
}

const ANSWER = 'datamesh-late-map';

/**
 * Modules have been loaded already, so the map that is added here is a late one. The question is asked by an inline module:
 * a bundler would answer `import.meta.resolve` by itself.
 */
function takesLateMaps(): Promise<boolean> {
  const specifier = '#datamesh-support';
  addImportMap({ imports: { [specifier]: '/assets/support' } });
  return new Promise((answer) => {
    addEventListener(ANSWER, (event) => answer((event as CustomEvent<boolean>).detail), { once: true });
    addInlineScript(
      'module',
      `let known = true; try { import.meta.resolve('${specifier}') } catch { known = false } dispatchEvent(new CustomEvent('${ANSWER}', { detail: known }))`,
    );
  });
}

/** A script that no import map names must not load. Only asked of browsers that do not show the feature by its report type. */
async function enforcesIntegrityPolicy(): Promise<boolean> {
  if ('IntegrityViolationReportBody' in globalThis) return true;
  const known = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src;
  if (!known) return false;
  return new Promise((answer) => {
    const link = document.createElement('link');
    const settle = (refused: boolean): void => {
      link.remove();
      answer(refused);
    };
    link.rel = 'modulepreload';
    link.href = `${known}?unlisted`;
    link.addEventListener('load', () => settle(false));
    link.addEventListener('error', () => settle(true));
    document.head.append(link);
  });
}
