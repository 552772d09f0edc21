import type { AccessEntry, Layout } from '@datamesh/contracts';
import type { DataSource } from '../../api/data';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';

/** What somebody sees of a layout, and may do with it; null: they see all of them, or it is said of them already. */
export function seesWords({ to, name, may, why }: AccessEntry): string | null {
  switch (why) {
    case 'owner':
    case 'admin':
    case 'pinned':
      return null;
    case 'company':
      return i18n.t('Everybody who signs in sees it as it was saved last. Settings and filters that they change are theirs alone.');
    case 'department':
      return i18n.t(
        'Everybody in {name} sees it as it was saved last. Settings and filters that they change are theirs alone. Power users there change it for everybody.',
        { name },
      );
    case 'grant':
      return to.startsWith('department:')
        ? may === 'edit'
          ? i18n.t('Everybody in {name} changes it for everybody. They can neither share nor delete it.', { name })
          : i18n.t('Everybody in {name} sees it as it was saved last. Settings and filters that they change are theirs alone.', { name })
        : may === 'edit'
          ? i18n.t('{name} changes it for everybody, and can neither share nor delete it.', { name })
          : i18n.t('{name} sees it as it was saved last. Settings and filters that {name} changes are for {name} alone.', { name });
  }
}

/** Of those that one may read: the sources that the settings of its panels name, as `markets` or `markets/instruments.json`. */
export function sourcesIn(panels: Layout['panels'], known: readonly DataSource[]): DataSource[] {
  const named = new Set(
    Object.values(panels).flatMap(({ settings = {} }) =>
      Object.values(settings).flatMap((value) => (typeof value === 'string' ? [value.split('/')[0]] : [])),
    ),
  );
  return known.filter(({ source }) => named.has(source));
}

/** Which of these sources somebody may read: of a department it is known, of a person only where it is for everybody. */
export function dataWords(
  { to }: Pick<AccessEntry, 'to'>,
  sources: readonly DataSource[],
  titleOf: (department: string) => string,
): string[] {
  const department = to.startsWith('department:') ? to.slice('department:'.length) : null;
  const mayRead = ({ departments }: DataSource): boolean =>
    departments.includes('*') || (department !== null && departments.includes(department));
  const named = (some: readonly DataSource[]): string => listOf(some.map(({ source }) => source));
  const open = sources.filter(mayRead);
  const closed = sources.filter((one) => !mayRead(one));
  return [
    ...(open.length > 0 ? [i18n.t('They may read data of {sources}.', { sources: named(open) })] : []),
    ...(closed.length === 0
      ? []
      : department !== null
        ? [i18n.t('What shows data of {sources} stays empty for them.', { sources: named(closed) })]
        : closed.map((one) =>
            i18n.t('What shows data of {source} stays empty for whoever is not in {departments}.', {
              source: named([one]),
              departments: listOf(one.departments.map(titleOf)),
            }),
          )),
  ];
}
