import type { IncomingHttpHeaders } from 'node:http';

export type Language = 'en' | 'de';

const LANGUAGES: readonly string[] = ['en', 'de'] satisfies Language[];

/** What the person chose last (a cookie that says nothing else), else the browser's first language that there is, else English. */
export function languageOf(headers: IncomingHttpHeaders): Language {
  const chosen = /(?:^|;\s*)dm_language=(en|de)(?=;|$)/.exec(headers.cookie ?? '')?.[1];
  return (chosen ?? preferred(headers['accept-language']) ?? 'en') as Language;
}

/** `de-AT, en;q=0.8` -> de. Browsers send few; a header of thousands is read no further. */
function preferred(header = ''): string | undefined {
  const wishes = header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]{1,5})\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: tag.split('-', 1)[0] ?? '', weight: Number(weight ?? 1) };
    });
  return wishes.filter(({ language, weight }) => weight > 0 && LANGUAGES.includes(language)).sort((a, b) => b.weight - a.weight)[0]
    ?.language;
}
