import { useState } from 'react';
import { DirtyMark } from '../../app/DirtyMark';
import { i18n } from '../../language/i18n';
import { LayoutPicture } from '../../library/LayoutPicture';
import { CategoryChips } from '../../marketplace/CategoryChips';
import { HowMany } from '../../marketplace/HowMany';
import { Choice } from '../../settings/Choice';
import { Icon, Logo } from '../../ui/Icon';
import { Menu } from '../../ui/Menu';
import '../../marketplace/marketplace.css';
import '../../settings/settings.css';
import { Specimen } from './Specimen';

const nothing = (): void => undefined;

export function Controls() {
  return (
    <section>
      <h2>Controls</h2>
      <div className="gallery-grid">
        <Buttons />
        <Fields />
        <Menus />
        <Choices />
        <Marks />
      </div>
    </section>
  );
}

function Buttons() {
  return (
    <>
      {['', 'primary', 'bad', 'quiet', 'small', 'large', 'primary large'].map((kind) => (
        <Specimen key={kind} of={`button ${kind}`}>
          <div className="gallery-row">
            <button type="button" className={`button ${kind}`}>
              {i18n.t('Try again')}
            </button>
            <button type="button" className={`button ${kind}`} aria-disabled="true">
              {i18n.t('Trying…')}
            </button>
            <button type="button" className={`button ${kind}`} disabled>
              {i18n.t('Save')}
            </button>
          </div>
        </Specimen>
      ))}
      <Specimen of="button pressed, icon only, link">
        <div className="gallery-row">
          <button type="button" className="button" aria-pressed="true">
            {i18n.t('Add widget')}
          </button>
          <button type="button" className="button quiet icon-only" aria-label={i18n.t('Close')}>
            <Icon name="close" />
          </button>
          <button type="button" className="button quiet icon-only small" aria-label={i18n.t('Dismiss')}>
            <Icon name="close" size={12} />
          </button>
          <button type="button" className="link">
            {i18n.t('Show it')}
          </button>
        </div>
      </Specimen>
      <Specimen of="segments">
        <fieldset className="segments" aria-label={i18n.t('Mode')}>
          <button type="button" aria-pressed="true">
            {i18n.t('View')}
          </button>
          <button type="button" aria-pressed="false">
            {i18n.t('Edit')}
          </button>
        </fieldset>
      </Specimen>
    </>
  );
}

function Fields() {
  return (
    <Specimen of="input: empty, filled, invalid, long">
      <input className="input" aria-label={i18n.t('Title')} placeholder={i18n.t('Title')} />
      <input className="input" aria-label={i18n.t('Title')} defaultValue="Markets morning" />
      <input className="input" aria-label={i18n.t('Title')} aria-invalid="true" defaultValue=" " />
      <textarea className="input" aria-label={i18n.t('Title')} defaultValue="Prices, and what they were." />
    </Specimen>
  );
}

function Menus() {
  return (
    <Specimen of="menu">
      <div className="gallery-row">
        <Menu
          label={i18n.t('Theme')}
          button={<Icon name="sun" />}
          items={[
            { label: i18n.t('Light'), checked: true, run: nothing },
            { label: i18n.t('Dark'), checked: false, run: nothing },
            'separator',
            { label: i18n.t('Keyboard shortcuts'), detail: '?', run: nothing },
            { label: i18n.t('Show it'), on: true, run: nothing },
            { label: i18n.t('Go to my dashboard'), href: '/', run: nothing },
            { label: i18n.t('Delete layout'), tone: 'bad', run: nothing },
          ]}
          heading={
            <div className="menu-heading">
              <strong>Casey Brooks</strong>
              <span>viewer</span>
            </div>
          }
        />
      </div>
    </Specimen>
  );
}

function Choices() {
  const [chosen, choose] = useState<string | null>('one');
  const [category, setCategory] = useState<string | null>(null);
  const items = [
    { id: 'one', label: 'S&P 500', detail: 'SP500' },
    { id: 'two', label: 'A name that is much longer than what is there for it, as names of instruments are', detail: 'LONG' },
  ];
  return (
    <>
      <Specimen of="choice: chosen, none, invalid, disabled">
        <Choice label="One" items={items} chosen={chosen} choose={choose} />
        <Choice label="None" items={items} chosen={null} choose={choose} />
        <Choice label="Long and invalid" items={items} chosen="two" choose={choose} invalid />
        <Choice label="Disabled" items={items} chosen="one" choose={choose} disabled />
      </Specimen>
      <Specimen of="category chips, how many">
        <CategoryChips
          categories={['Charts', 'Tables', 'Filters', 'Figures', 'Text']}
          category={category}
          choose={setCategory}
          waiting={false}
        />
        <CategoryChips categories={[]} category={null} choose={setCategory} waiting />
        <HowMany count={1} choose={nothing} />
      </Specimen>
    </>
  );
}

function Marks() {
  return (
    <>
      <Specimen of="marks">
        <div className="gallery-row">
          <Logo />
          <DirtyMark />
          {(['plus', 'close', 'caret', 'undo', 'redo', 'sun', 'moon', 'system', 'check', 'dots'] as const).map((name) => (
            <Icon key={name} name={name} />
          ))}
          {(['offline', 'lock', 'compass', 'bin', 'star', 'pin', 'panels'] as const).map((name) => (
            <Icon key={name} name={name} size={22} />
          ))}
        </div>
      </Specimen>
      <Specimen of="picture of a layout">
        <LayoutPicture
          marked={new Set(['b'])}
          tree={{
            type: 'row',
            children: [
              { size: 0.4, node: { type: 'stack', active: 1, panels: ['a', 'b'] } },
              { size: 0.6, node: { type: 'stack', active: 0, panels: ['c'] } },
            ],
          }}
        />
      </Specimen>
    </>
  );
}
