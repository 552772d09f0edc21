/** Where the choices of a setting come from (`x-options` in widget.json). */

import type { WidgetManifest } from '@datamesh/contracts';
import { ask } from '../api/client';
import { readData } from '../api/data';
import { figures } from '../api/figures';
import { ApiProblem } from '../api/problem';
import { contextTitle, readableName } from '../interop/context-titles';
import { i18n } from '../language/i18n';

export interface OptionsFrom {
  from: 'sources' | 'tables' | 'columns' | 'orders' | 'context-types' | 'sites';
  of?: string;
}

export interface Option {
  value: string;
  label: string;
  detail?: string;
}

/** What the choices depend on. */
export interface OptionContext {
  /** The settings as the form has them. */
  settings: Readonly<Record<string, unknown>>;
  /** This widget's, and those of the other panels of the layout. */
  manifests: readonly WidgetManifest[];
}

/** The first of those whose name or value holds what was typed. */
export function fitting(options: readonly Option[], typed: string, most: number): Option[] {
  const wanted = typed.trim().toLowerCase();
  const found: Option[] = [];
  for (const option of options) {
    if (found.length === most) break;
    if (option.label.toLowerCase().includes(wanted) || option.value.toLowerCase().includes(wanted)) found.push(option);
  }
  return found;
}

/** The value of the one whose label was written out, whatever its case; none where two are called so. */
export function named(options: readonly Option[], written: string): string | undefined {
  const wanted = written.trim().toLowerCase();
  const [one, ...others] = options.filter(({ label }) => label.toLowerCase() === wanted);
  return others.length === 0 ? one?.value : undefined;
}

interface Ports {
  data(path: string): Promise<unknown>;
  sites(): Promise<{ id: string; title: string }[]>;
}

/** Names the question: the same key has the same answer. */
export const optionsKey = ({ from, of }: OptionsFrom, { settings, manifests }: OptionContext): string =>
  JSON.stringify([from, of === undefined ? null : settings[of], from === 'context-types' ? contextTypes(manifests) : null]);

/** Throws ApiProblem where the choices cannot be had. */
export async function optionsOf({ from, of = '' }: OptionsFrom, context: OptionContext, ports: Ports): Promise<Option[]> {
  switch (from) {
    case 'sources':
      return (await sources(ports)).map(({ source }) => ({ value: source, label: readableName(source) }));
    case 'tables':
      return (await sources(ports)).flatMap(({ source, tables }) =>
        tables.map((name) => ({
          value: `${source}/${name}`,
          label: readableName(name.replace(/\.json$/, '')),
          detail: readableName(source),
        })),
      );
    case 'columns':
      return (await columns(context.settings[of], ports)).map(({ id, title }) => ({ value: id, label: title }));
    case 'orders':
      return [
        { value: '', label: i18n.t('As in the table') },
        ...(await columns(context.settings[of], ports))
          .filter(({ type }) => type !== 'spark')
          .flatMap(({ id, title }) => [
            { value: id, label: i18n.t('{title}, upwards', { title }) },
            { value: `-${id}`, label: i18n.t('{title}, downwards', { title }) },
          ]),
      ];
    case 'context-types':
      return contextTypes(context.manifests).map((type) => ({ value: type, label: contextTitle(type) }));
    case 'sites':
      return (await ports.sites()).map(({ id, title }) => ({ value: id, label: title || readableName(id) }));
  }
}

const contextTypes = (manifests: readonly WidgetManifest[]): string[] =>
  [...new Set(manifests.flatMap(({ listensFor = [], broadcasts = [] }) => [...broadcasts, ...listensFor]))].sort((one, other) =>
    contextTitle(one).localeCompare(contextTitle(other)),
  );

interface Source {
  source: string;
  tables: string[];
}

async function sources(ports: Ports): Promise<Source[]> {
  const { items } = (await ports.data('')) as { items?: Source[] };
  return items ?? [];
}

interface TableColumn {
  id: string;
  title: string;
  type?: string;
}

async function columns(path: unknown, ports: Ports): Promise<TableColumn[]> {
  const steps = typeof path === 'string' ? path.split('/') : [];
  // A setting may hold anything: what leads elsewhere has no columns.
  if (steps.length < 2 || steps.some((step) => !/^[\w][\w.-]*$/.test(step))) throw noColumns();
  const { columns: found } = ((await ports.data(steps.join('/'))) ?? {}) as { columns?: unknown };
  if (!Array.isArray(found)) throw noColumns();
  return found
    .filter((column): column is TableColumn => typeof column === 'object' && column !== null && typeof column.id === 'string')
    .map((column) => ({
      ...column,
      title: typeof column.title === 'string' && column.title !== '' ? column.title : readableName(column.id),
    }));
}

const noColumns = (): ApiProblem => new ApiProblem({ status: 404, code: 'no_table', detail: i18n.t('The chosen source holds no table.') });

export const optionPorts: Ports = {
  data: readData,
  sites: async () => (await ask(figures.GET('/sites', {}))).items,
};
