import type { Configuration, default as Provider } from 'oidc-provider';

export type ProviderModule = typeof import('oidc-provider');
export type { Configuration, Provider };

/**
 * oidc-provider says that it wants Node 22; all it uses beyond Node 20.19, our floor, is `URL.parse`, which is given to it here.
 * It is loaded only where the development issuer runs. Its one line about the runtime, printed while it loads, goes to `onNotice`
 * instead of the terminal; the sign-in test runs on the floor and proves that it works there.
 */
export async function loadProvider(onNotice: (text: string) => void): Promise<ProviderModule> {
  if (typeof URL.parse !== 'function') URL.parse = (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);
  const { warn } = console;
  console.warn = (...words: unknown[]) => onNotice(words.map(String).join(' '));
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
