import { Store } from '../ui/store';

/** What went wrong on this page, each once: errors that nobody caught, and what the page's policies refused. */
export const troubleStore = new Store<{ found: readonly string[] }>({ found: [] });

export function addTrouble(text: string): void {
  const { found } = troubleStore.getSnapshot();
  if (!found.includes(text)) troubleStore.patch({ found: [...found, text] });
}

/** Where in a file of the widget it was, as far as the browser says. */
const at = (file: string, line: number): string => (file ? ` (${file.replace(location.origin, '')}${line ? `:${line}` : ''})` : '');

/** From the first moment of the page on. */
export function watchTrouble(): void {
  addEventListener('error', ({ message, filename, lineno }) => message && addTrouble(`error: ${message}${at(filename, lineno)}`));
  addEventListener('unhandledrejection', ({ reason }) => addTrouble(`error: ${reason instanceof Error ? reason.message : String(reason)}`));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
    addTrouble(`policy: ${violatedDirective} refuses ${blockedURI || 'it'}${at(sourceFile, lineNumber)}`),
  );
  new ReportingObserver(
    (reports) => {
      for (const { body } of reports) addTrouble(`integrity: ${JSON.stringify(body)}`);
    },
    { types: ['integrity-violation'], buffered: true },
  ).observe();
}
