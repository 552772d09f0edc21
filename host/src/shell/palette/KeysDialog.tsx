import { commandKey, HELP_KEY } from '../keys';
import './palette.css';

/** What keys do, by where they do it. Each alternative is a row of keys that are pressed together. */
const SHEET: [string, [string, string[]][]][] = [
  [
    'Everywhere',
    [
      ['Command palette', [commandKey('K')]],
      ['This list', [HELP_KEY]],
      ['Next part of the page, the one before', ['F6', 'Shift+F6']],
    ],
  ],
  [
    'A layout',
    [
      ['The first, second … of those that the department pins', ['1', '9']],
      ['Print it, or save it as PDF', [commandKey('P')]],
      ['Leave the kiosk', ['Esc']],
      ['Edit, and view again', ['E']],
      ['Save', [commandKey('S')]],
      ['Undo', [commandKey('Z')]],
      ['Redo', [commandKey('Y'), commandKey('Shift+Z')]],
    ],
  ],
  [
    'A panel, or its tab, while editing',
    [
      ['Move it', ['Alt+arrow']],
      ['Make it larger or smaller', ['Alt+Shift+arrow']],
      ['Copy it, cut it, paste what was copied', [commandKey('C'), commandKey('X'), commandKey('V')]],
      ['Duplicate it', [commandKey('D')]],
      ['Rename it', ['F2']],
      ['Its menu', ['Shift+F10', 'Menu']],
      ['Close it (on its tab)', ['Delete']],
    ],
  ],
  [
    'The marketplace',
    [
      ['From the search to the widgets, and from one to the next', ['↓', '↑']],
      ['Add it', ['Enter']],
      ['Add it to a place that arrows choose', ['Shift+Enter']],
    ],
  ],
  [
    'Tabs and menus',
    [
      ['To the next, to the one before', ['←', '→']],
      ['To the first, to the last', ['Home', 'End']],
      ['Close a menu, give up a drag', ['Esc']],
    ],
  ],
];

export default function KeysDialog() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className="keys-sheet" aria-label="All shortcuts" tabIndex={0}>
      {SHEET.map(([where, rows]) => (
        <section key={where} aria-label={where}>
          <h3>{where}</h3>
          <dl>
            {rows.map(([what, keys]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="dialog-text">Letters alone can be switched off in the menu of your account: “Single-key shortcuts”.</p>
    </section>
  );
}
