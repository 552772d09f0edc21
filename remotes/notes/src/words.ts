/** What this widget says, in the language of the page around it. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    Notes: 'Notizen',
    '{heading} on': '{heading} zu',
    Done: 'Fertig',
    Edit: 'Bearbeiten',
    'Back to the note (Escape)': 'Zurück zur Notiz (Escape)',
    'Edit the note (Enter)': 'Notiz bearbeiten (Enter)',
    'Shown as plain text: {reason}': 'Als bloßer Text gezeigt: {reason}',
    'it has more markup than can be shown': 'sie hat mehr Auszeichnung, als gezeigt werden kann',
    'Nothing written yet.': 'Noch nichts geschrieben.',
    'Write a note': 'Notiz schreiben',
    'Markdown: headings, lists, - [ ] tasks, tables, links': 'Markdown: Überschriften, Listen, - [ ] Aufgaben, Tabellen, Links',
    'Note, in Markdown': 'Notiz, in Markdown',
    '# Morning\n\n- [ ] call the desk\n- **watch** the open': '# Morgens\n\n- [ ] den Handel anrufen\n- die Eröffnung **beobachten**',
    Table: 'Tabelle',
  },
};

export function say(text: string, values: Readonly<Record<string, string>> = {}): string {
  const [language = ''] = (globalThis.document?.documentElement?.lang ?? '').split('-', 1);
  return (WORDS[language]?.[text] ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
