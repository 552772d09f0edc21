const LONGEST = 50;

/** What the contract calls a Slug. */
export const isSlug = (text: string): boolean => /^[a-z][a-z0-9-]{0,49}$/.test(text);

/** What a department of this title may be called in addresses and in the claims of the issuer: "Größe & Gewicht" is grosse-gewicht. */
export const slugOf = (title: string): string =>
  title
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
