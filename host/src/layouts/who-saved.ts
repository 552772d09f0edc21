import type { Layout } from '@datamesh/contracts';

/** Who saved it last, by name; null: it was that person themselves, on another page. */
export const otherWhoSaved = ({ updatedBy, updatedByName }: Pick<Layout, 'updatedBy' | 'updatedByName'>, user: string): string | null =>
  updatedBy === `user:${user}` ? null : updatedByName;
