import { commandKey, HELP_KEY, keyNames } from '../../dashboard/keys';
import { i18n } from '../../language/i18n';
import './palette.css';

/** What keys do, by where they do it. Each alternative is a row of keys that are pressed together. */
const sheet = (): [string, [string, string[]][]][] => [
  [
    i18n.t('Everywhere'),
    [
      [i18n.t('Command palette'), [commandKey('K')]],
      [i18n.t('This list'), [HELP_KEY]],
      [i18n.t('Next part of the page, the one before'), ['F6', 'Shift+F6']],
    ],
  ],
  [
    i18n.t('A layout'),
    [
      [i18n.t('The first, second … of those that the department pins'), ['1', '9']],
      [i18n.t('Print it, or save it as PDF'), [commandKey('P')]],
      [i18n.t('Leave the kiosk'), ['Esc']],
      [i18n.t('Edit, and view again'), ['E']],
      [i18n.t('Save'), [commandKey('S')]],
      [i18n.t('Undo'), [commandKey('Z')]],
      [i18n.t('Redo'), [commandKey('Y'), commandKey('Shift+Z')]],
    ],
  ],
  [
    i18n.t('A panel, or its tab, while editing'),
    [
      [i18n.t('Move it'), [i18n.t('Alt+arrow')]],
      [i18n.t('Make it larger or smaller'), [i18n.t('Alt+Shift+arrow')]],
      [i18n.t('Copy it, cut it, paste what was copied'), [commandKey('C'), commandKey('X'), commandKey('V')]],
      [i18n.t('Duplicate it'), [commandKey('D')]],
      [i18n.t('Rename it'), ['F2']],
      [i18n.t('Its menu'), ['Shift+F10', i18n.t('Menu')]],
      [i18n.t('Close it (on its tab)'), ['Delete']],
    ],
  ],
  [
    i18n.t('The marketplace'),
    [
      [i18n.t('From the search to the widgets, and from one to the next'), ['↓', '↑']],
      [i18n.t('Add it'), ['Enter']],
      [i18n.t('Add it to a place that arrows choose'), ['Shift+Enter']],
    ],
  ],
  [
    i18n.t('Tabs and menus'),
    [
      [i18n.t('To the next, to the one before'), ['←', '→']],
      [i18n.t('To the first, to the last'), ['Home', 'End']],
      [i18n.t('Close a menu, give up a drag'), ['Esc']],
    ],
  ],
];

export default function KeysDialog() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className="keys-sheet" aria-label={i18n.t('All shortcuts')} tabIndex={0}>
      {sheet().map(([where, rows]) => (
        <section key={where} aria-label={where}>
          <h3>{where}</h3>
          <dl>
            {rows.map(([what, keys]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{keyNames(key)}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="dialog-text">{i18n.t('Letters alone can be switched off in the menu of your account: “Single-key shortcuts”.')}</p>
    </section>
  );
}
