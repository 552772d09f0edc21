import type { Department, LayoutAccess } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import { useEffect, useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { asProblem } from '../../api/problem';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';
import { findPeople } from '../../layouts/sharing/access-calls';
import type { May } from '../../layouts/sharing/grants';
import { afterTyping } from '../../ui/after-typing';
import { MayChoice } from './MayChoice';

interface Found {
  to: string;
  name: string;
  detail: string;
}

interface PersonPickerProps {
  rules: LayoutAccess['rules'];
  departments: readonly Department[];
  /** One's own name: the search never finds oneself. */
  ownName: string;
  /** Who has access by name already. */
  taken: ReadonlySet<string>;
  choose(found: Found, may: May): void;
}

/** Letters before people are looked for. */
const ENOUGH = 2;

/** People by name, and one's own departments; who is chosen is added at once. */
export function PersonPicker({ rules, departments, ownName, taken, choose }: PersonPickerProps) {
  const [text, setText] = useState('');
  const [may, setMay] = useState<May>('view');
  const { people, state } = usePeople(rules.people ? text : '');
  const wanted = text.trim().toLowerCase();
  const own: Found[] = rules.department
    ? departments
        .filter(({ title }) => wanted !== '' && title.toLowerCase().includes(wanted))
        .map(({ id, title }) => ({ to: `department:${id}`, name: title, detail: i18n.t('department') }))
    : [];
  const found = [...own, ...people];
  const items = found.filter(({ to }) => !taken.has(to));
  if (!rules.people && !rules.department)
    return <p className="sharing-hint">{i18n.t('Your role does not share layouts here. Ask an administrator.')}</p>;
  return (
    <div className="sharing-add">
      <ComboBox
        className="sharing-search"
        items={items}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key) => {
          const chosen = items.find(({ to }) => to === key);
          if (!chosen) return;
          setText('');
          choose(chosen, may);
        }}
        // With nothing typed there is nothing to show, and nothing to stay open after a choice.
        allowsEmptyCollection={text !== ''}
        menuTrigger="input"
        autoFocus
      >
        <Label className="field-label">{rules.department ? i18n.t('Add people and departments') : i18n.t('Add people')}</Label>
        <Input className="input" placeholder={i18n.t('Name')} maxLength={80} />
        <Popover className="sharing-found" placement="bottom start">
          <ListBox<Found>
            renderEmptyState={() => (
              <p className="sharing-none">{rules.people ? wordsFor(state, wanted, ownName, found) : wordsForDepartments(found)}</p>
            )}
          >
            {({ to, name, detail }) => (
              <ListBoxItem id={to} textValue={name} className="sharing-option">
                <span>{name}</span>
                <span className="sharing-small">{detail}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <MayChoice label={i18n.t('What they may do')} may={may} choose={setMay} />
    </div>
  );
}

type Search = 'idle' | 'looking' | 'done' | { problem: string };

/** Why there is nobody to choose. `found`: who has access already. */
function wordsFor(state: Search, wanted: string, ownName: string, found: readonly Found[]): string {
  if (typeof state === 'object') return state.problem;
  if (wanted.length < ENOUGH) return i18n.t('Type two letters of a name.');
  if (state !== 'done') return i18n.t('Looking…');
  if (isCalled(ownName, wanted)) return i18n.t('That is you.');
  return found.length === 0
    ? i18n.t('Nobody of this name has signed in yet. Send them the link: they can ask for access.')
    : haveAccess(found);
}

/** The same where only departments are to choose from. */
const wordsForDepartments = (found: readonly Found[]): string =>
  found.length === 0
    ? i18n.t(
        'None of your departments is called so. Your role does not share with single people here: send them the link, they can ask for access.',
      )
    : haveAccess(found);

const haveAccess = (found: readonly Found[]): string =>
  i18n.t('{count, plural, one {{names} has access already.} other {{names} have access already.}}', {
    count: found.length,
    names: listOf(found.map(({ name }) => name)),
  });

/** As the search has it. */
function isCalled(name: string, wanted: string): boolean {
  const [words, asked] = [searchWords(name), searchWords(wanted)];
  return asked.length > 0 && asked.every((part) => words.some((word) => word.startsWith(part)));
}

function usePeople(text: string): { people: readonly Found[]; state: Search } {
  const [answer, setAnswer] = useState<{ to: string; people: readonly Found[]; state: Search } | null>(null);
  const q = text.trim();
  useEffect(() => {
    if (q.length < ENOUGH) return;
    return afterTyping(q, async (signal) => {
      try {
        const people = named(await findPeople(q, signal));
        if (!signal.aborted) setAnswer({ to: q, people, state: 'done' });
      } catch (cause) {
        if (!signal.aborted) setAnswer({ to: q, people: [], state: { problem: asProblem(cause).message } });
      }
    });
  }, [q]);
  if (q.length < ENOUGH) return { people: [], state: 'idle' };
  // Who was found for another name is gone before a key can give them access.
  return answer?.to === q ? answer : { people: [], state: 'looking' };
}

/** Of two with one name their ids tell who is who. */
function named(found: Awaited<ReturnType<typeof findPeople>>): Found[] {
  const twins = new Set(found.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index));
  return found.map(({ to, name, departments }) => ({
    to,
    name,
    detail: [...departments, ...(twins.has(name) ? [to.slice('user:'.length)] : [])].join(', '),
  }));
}
