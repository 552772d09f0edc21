import type { AuditEntry, LayoutTitles, UnreadableAuditEntry } from '@datamesh/contracts';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { i18n } from '../../language/i18n';
import { PageHeading } from '../../pages/PageHeading';
import { PagesEnd } from '../../pages/PagesEnd';
import { usePages } from '../../pages/use-pages';
import { exactly, timeOfDay } from '../../ui/times';
import { titlesOf } from '../layout-titles';
import type { SectionProps } from '../section';
import { type AuditFilters, filtersIn, findEntries, noFilters, searchOf } from './audit-calls';
import { Verification } from './Verification';

const fields = (): { name: keyof AuditFilters; label: string; placeholder?: string; type?: string }[] => [
  { name: 'actor', label: i18n.t('Person'), placeholder: i18n.t('alex, or user:alex') },
  { name: 'action', label: i18n.t('Action'), placeholder: 'pin.put' },
  { name: 'subject', label: i18n.t('Subject'), placeholder: 'department:sales' },
  { name: 'from', label: i18n.t('From'), type: 'datetime-local' },
  { name: 'to', label: i18n.t('To'), type: 'datetime-local' },
];

/** Who did what to what, and whether the log is what was written. */
export function AuditLog({ controller }: SectionProps) {
  const [filters, setFilters] = useState(() => filtersIn(location.search));
  const search = searchOf(filters);
  useEffect(() => history.replaceState(null, '', `${location.pathname}${search}`), [search]);
  const [titles, setTitles] = useState<ReadonlyMap<string, LayoutTitles>>(new Map());
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const entries = usePages(search, async (cursor, signal) => {
    const page = await findEntries(filters, cursor, signal);
    setNames((before) => new Map([...before, ...Object.entries(page.names)]));
    // Of what this page is about; where it does not come, entries say the ids alone.
    void titlesOf([...new Set(page.items.flatMap(layoutsOf))]).then(
      (found) => setTitles((before) => new Map([...before, ...found])),
      () => undefined,
    );
    return page;
  });
  const only = (change: Partial<AuditFilters>): void => setFilters((before) => ({ ...before, ...change }));
  return (
    <>
      <PageHeading title={i18n.t('Audit log')}>
        <p className="place-small">{i18n.t('Who did what to what, the newest first. Each entry is chained to the one before it.')}</p>
      </PageHeading>
      <Verification controller={controller} />
      <section aria-labelledby="audit-filters">
        <h2 id="audit-filters">{i18n.t('Filters')}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo */}
        <div className="administration-form audit-filters" role="group" aria-labelledby="audit-filters">
          {fields().map(({ name, label, placeholder, type = 'text' }) => (
            <TextField
              key={name}
              className="field"
              value={filters[name]}
              onChange={(text) => only({ [name]: text })}
              type={type}
              maxLength={300}
            >
              <Label className="field-label">{label}</Label>
              <Input className="input" placeholder={placeholder} spellCheck={false} autoCapitalize="none" />
            </TextField>
          ))}
          <Button className="button" isDisabled={search === ''} onPress={() => setFilters(noFilters)}>
            {i18n.t('Clear')}
          </Button>
        </div>
      </section>
      {entries.items.length > 0 ? (
        <ol className="place-rows audit-entries" aria-label={i18n.t('Entries')} aria-busy={entries.state === 'looking'}>
          {entries.items.map((entry) => (
            <Entry key={entry.seq} entry={entry} titles={titles} names={names} only={only} />
          ))}
        </ol>
      ) : null}
      <PagesEnd
        of={entries}
        what={i18n.t('The audit log')}
        nothing={search === '' ? i18n.t('Nothing has been done yet.') : i18n.t('No entry fits these filters.')}
      />
    </>
  );
}

interface EntryProps {
  entry: AuditEntry | UnreadableAuditEntry;
  /** Of layouts that are there, by their ids. */
  titles: ReadonlyMap<string, LayoutTitles>;
  /** By `user:<id>`. */
  names: ReadonlyMap<string, string>;
  only(change: Partial<AuditFilters>): void;
}

function Entry({ entry, titles, names, only }: EntryProps) {
  const { seq, at, actor, action, subject } = entry;
  const isUnreadable = 'unreadable' in entry;
  const about = layoutsOf(entry).flatMap((id) => titles.get(id)?.title ?? []);
  // An entry that was unreadable before entries were found by these has none of them.
  const filter = (name: 'actor' | 'action' | 'subject', value: string) =>
    value === '' ? null : (
      <button type="button" className="link" title={onlyWith(name, value)} onClick={() => only({ [name]: value })}>
        {names.has(value) ? `${names.get(value)} (${value})` : value}
      </button>
    );
  return (
    <li className="audit-entry" data-broken={isUnreadable}>
      <span className="place-small">
        {seq} · <time title={exactly(at)}>{timeOfDay(at, Date.now())}</time>
      </span>
      <span className="audit-what">
        {filter('actor', actor)} {filter('action', action)} {filter('subject', subject)} {about.map((title) => `“${title}”`).join(' ')}
        {isUnreadable ? <strong>{i18n.t('unreadable: it was changed by hand')}</strong> : null}
      </span>
      <details>
        <summary className="place-small">{i18n.t('Details')}</summary>
        <dl className="audit-details">
          {Object.entries(isUnreadable ? { kept: entry.unreadable } : moreOf(entry)).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

/** Ids of layouts that the entry is about: they are kept, and titles are as they are now. */
function layoutsOf(entry: AuditEntry | UnreadableAuditEntry): string[] {
  const subject = /^layout:(.+)$/.exec(entry.subject)?.[1];
  const { layout } = 'unreadable' in entry ? {} : (entry.details ?? {});
  return [...(subject ? [subject] : []), ...(typeof layout === 'string' ? [layout] : [])];
}

const onlyWith = (name: 'actor' | 'action' | 'subject', value: string): string =>
  ({
    actor: i18n.t('Only entries with the person {value}', { value }),
    action: i18n.t('Only entries with the action {value}', { value }),
    subject: i18n.t('Only entries with the subject {value}', { value }),
  })[name];

const moreOf = ({ from, requestId, details = {} }: AuditEntry): Record<string, unknown> => ({
  ...(from ? { from } : {}),
  ...(requestId ? { requestId } : {}),
  ...details,
});
