import type { PresentPerson } from '@datamesh/contracts';
import { useId, useRef } from 'react';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';
import { keepBeside } from '../../ui/beside-button';
import { initials } from '../../ui/initials';
import { useStore } from '../../ui/use-store';
import './presence.css';

/** As many are shown by their initials; the list has all. */
const SHOWN = 3;

/** Who else has the layout open, and who of them edits it. Nothing while nobody has, and for somebody who only looks. */
export function CompanyList({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { people, more } = useStore(controller.store).company;
  const { mayEdit } = useStore(open.session.store);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  if (people.length === 0 || !(mayEdit || controller.powerUser)) return null;
  const rest = people.length - SHOWN;
  return (
    <>
      <button
        type="button"
        ref={button}
        className="company"
        popoverTarget={id}
        aria-label={summary(people, more)}
        title={summary(people, more)}
      >
        {people.slice(0, SHOWN).map(({ user, name, editing }) => (
          <span key={user} className="company-one initials" data-editing={editing || undefined} data-initials={initials(name)} />
        ))}
        {rest > 0 || more ? <span className="company-rest" data-rest={more ? '…' : `+${rest}`} /> : null}
      </button>
      <div
        id={id}
        ref={list}
        popover="auto"
        className="menu company-list"
        onToggle={({ newState }) => {
          if (newState === 'open' && list.current && button.current) keepBeside(list.current, button.current);
        }}
      >
        <h2 id={`${id}-heading`}>{i18n.t('Also here')}</h2>
        <ul aria-labelledby={`${id}-heading`}>
          {people.map((person) => (
            <li key={person.user}>
              <span
                className="company-one initials"
                data-editing={person.editing || undefined}
                data-initials={initials(person.name)}
                aria-hidden="true"
              />
              <span className="company-name">{person.name}</span>
              <span className="company-does">{doing(person, open)}</span>
            </li>
          ))}
          {more ? <li className="company-does">{i18n.t('and others')}</li> : null}
        </ul>
      </div>
    </>
  );
}

function summary(people: readonly PresentPerson[], more: boolean): string {
  const named = people.slice(0, SHOWN).map(({ name, editing }) => (editing ? i18n.t('{name} (edits)', { name }) : name));
  const rest = people.length - named.length;
  const others = more ? [i18n.t('others')] : rest > 0 ? [i18n.t('{rest} more', { rest })] : [];
  return i18n.t('Also here: {people}', { people: listOf([...named, ...others]) });
}

function doing({ editing, panels }: PresentPerson, open: OpenLayout): string {
  if (!editing) return i18n.t('looks at it');
  const titles = open.workspace.panels().flatMap(({ id, title }) => (panels.includes(id) ? title : []));
  return titles.length > 0 ? i18n.t('edits {panels}', { panels: listOf(titles) }) : i18n.t('edits');
}
