import type { Resolution, ResolutionItem } from '@datamesh/contracts';

export type { Resolution, ResolutionItem };

/** `series-chart` of `series-chart@stable`. */
export const nameIn = (spec: string): string => spec.replace(/@.*/, '');

export const isResolution = (item: ResolutionItem): item is Resolution => 'base' in item;

/** `series-chart@1.4.0`: which bytes are meant. */
export const idOf = (widget: Pick<Resolution, 'name' | 'version'>): string => `${widget.name}@${widget.version}`;

/** Absolute address of one of its files; `''` answers with its base. */
export const urlOf = (widget: Pick<Resolution, 'base'>, path: string): string => new URL(widget.base + path, location.origin).href;

/** `series-chart@^1.2` -> its two halves. A spec without `@` follows `stable`. */
export function partsOf(spec: string): { name: string; wanted: string } {
  const at = spec.indexOf('@');
  return at < 0 ? { name: spec, wanted: 'stable' } : { name: spec.slice(0, at), wanted: spec.slice(at + 1) };
}

/** Whether a spec names exactly one version: nothing but a yank moves it. */
export const isPinned = (spec: string): boolean => /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(partsOf(spec).wanted);

/** The version that a spec names, whether there is one or not. */
export const pinnedVersion = (spec: string): string | null => (isPinned(spec) ? partsOf(spec).wanted : null);
